import * as E from '#fp-ts/Either'
import type { BackendError } from '../../errors/backendError.ts'
import type { Accelerator, BackendInfo } from '../core/backend.ts'
import { type BackendName, backendNames, rowOf } from './catalogue.ts'

/** The fastest CPU backends, in Node and in a page. */
export const fastest: readonly BackendName[] = ['onnx', 'onnx-wasm']

/** The result of starting a backend. */
export type Outcome = E.Either<BackendError, BackendInfo>

export type Outcomes = { readonly [N in BackendName]?: Outcome }

/** A better backend that did not start: why, and what to do. */
export interface PassedOver {
  readonly name: BackendName
  readonly reason: string
  /** A command or a sentence; absent if nothing can be done. */
  readonly hint?: string
}

/** The next step of a choice. */
export type Decision =
  | { readonly type: 'try'; readonly name: BackendName }
  | { readonly type: 'take'; readonly name: BackendName; readonly passedOver: readonly PassedOver[] }
  | { readonly type: 'none'; readonly passedOver: readonly PassedOver[] }

/** A backend, and the device that it should use. */
export interface Wish {
  readonly name: BackendName
  readonly on: Accelerator
}

const wishesOn = (on: 'gpu' | 'none'): readonly Wish[] =>
  backendNames
    .flatMap((name) => {
      const rank = rowOf(name).rank[on]
      return rank === undefined ? [] : [{ name, on, rank }]
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ name }) => ({ name, on }))

/**
 * The preferences, best first: CUDA, then a GPU through WebGPU, then the CPU, each by rank. The same backend may appear for a GPU and
 * again for the CPU. A software GPU is never chosen.
 */
export const preference: readonly Wish[] = [...wishesOn('gpu'), ...wishesOn('none')]

/**
 * The default preferences: only CPU backends, so that results do not depend on the machine's drivers. onnxruntime-node is the fastest but
 * must be installed; WebAssembly comes with the package.
 */
export const usual: readonly Wish[] = fastest.map((name) => ({ name, on: 'none' }))

/** Goes through the preferences until a backend fits. Returns a backend to try if its result is not known yet. */
export const decide = (wanted: readonly Wish[], here: ReadonlySet<string>, known: Outcomes): Decision => {
  const passed = new Map<BackendName, PassedOver>()
  for (const { name, on } of wanted.filter((wish) => here.has(wish.name))) {
    const outcome = known[name]
    if (outcome === undefined) return { type: 'try', name }
    if (E.isRight(outcome) && outcome.right.accelerator === on) {
      passed.delete(name)
      return { type: 'take', name, passedOver: [...passed.values()] }
    }
    passed.set(name, { name, reason: reasonOf(outcome), ...(E.isLeft(outcome) && { hint: outcome.left.hint }) })
  }
  return { type: 'none', passedOver: [...passed.values()] }
}

const reasonOf = (outcome: Outcome): string => {
  if (E.isLeft(outcome)) return outcome.left.message
  const { accelerator, device } = outcome.right
  return accelerator === 'software gpu'
    ? `its GPU is one in software, slower than the CPU: ${device}`
    : `it finds no GPU, and would run on ${device}`
}
