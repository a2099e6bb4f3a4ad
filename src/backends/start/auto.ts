import * as E from '#fp-ts/Either'
import type { BackendError } from '../../errors/backendError.ts'
import type { Accelerator, BackendInfo } from '../core/backend.ts'
import { type BackendName, backendNames, rowOf } from './catalogue.ts'

/** The fastest on the CPU, in Node and in a page. */
export const fastest: readonly BackendName[] = ['onnx', 'onnx-wasm']

/** What came of starting a backend. */
export type Outcome = E.Either<BackendError, BackendInfo>

export type Outcomes = { readonly [N in BackendName]?: Outcome }

/** A better backend, why it was not taken, and what to do about that. */
export interface PassedOver {
  readonly name: BackendName
  readonly reason: string
  /** A command or a sentence; absent where nothing can be done. */
  readonly hint?: string
}

/** What a choice does next, by what it knows. */
export type Decision =
  | { readonly type: 'try'; readonly name: BackendName }
  | { readonly type: 'take'; readonly name: BackendName; readonly passedOver: readonly PassedOver[] }
  | { readonly type: 'none'; readonly passedOver: readonly PassedOver[] }

/** A backend, and what it is to compute on. */
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
 * The best first: CUDA, then a graphics card through WebGPU, then the CPU, each by its rank. The same backend may be wanted
 * on a graphics card and, if it has none, further down on the CPU. A graphics card in software is never wanted.
 */
export const preference: readonly Wish[] = [...wishesOn('gpu'), ...wishesOn('none')]

/**
 * What computes where nobody names a backend: a CPU, so that what a run computes does not change with the machine's drivers.
 * WebAssembly comes with the package; onnxruntime-node is faster, and must be installed.
 */
export const usual: readonly Wish[] = fastest.map((name) => ({ name, on: 'none' }))

/** Goes down some wishes among the backends that are here, until one fits; those not yet known are to be tried first. */
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
