import * as E from '#fp-ts/Either'
import type { Accelerator, BackendError, BackendInfo } from './backend.ts'
import type { BackendName } from './catalogue.ts'

/** What came of starting a backend. */
export type Outcome = E.Either<BackendError, BackendInfo>

export type Outcomes = { readonly [N in BackendName]?: Outcome }

/** A backend that would have been better, and why it was not taken. */
export interface PassedOver {
  readonly name: string
  readonly reason: string
}

/** What `auto` does next, by what it knows. */
export type Decision =
  | { readonly type: 'try'; readonly name: BackendName }
  | { readonly type: 'take'; readonly name: BackendName; readonly passedOver: readonly PassedOver[] }
  | { readonly type: 'none'; readonly passedOver: readonly PassedOver[] }

interface Wish {
  readonly name: BackendName
  readonly on: Accelerator
}

const wishes = (on: Accelerator, names: readonly BackendName[]): readonly Wish[] => names.map((name) => ({ name, on }))

/**
 * The best first: CUDA, then a graphics card through WebGPU, then the CPU, as fast as they were measured. The same backend
 * may be wanted on a graphics card and, if it has none, further down on the CPU. A graphics card in software is never wanted.
 */
export const preference: readonly Wish[] = [
  ...wishes('gpu', ['onnx-cuda', 'tfjs-node-gpu', 'onnx-webgpu', 'onnx-web', 'tfjs-webgpu']),
  ...wishes('none', ['onnx', 'onnx-web', 'tfjs-node-gpu', 'tfjs-node', 'tfjs-wasm', 'tfjs-cpu', 'reference']),
]

/** Goes down the preferences among the backends that are here, until one fits; those not yet known are to be tried first. */
export const decide = (here: ReadonlySet<string>, known: Outcomes): Decision => {
  const passed = new Map<string, PassedOver>()
  for (const { name, on } of preference.filter((wish) => here.has(wish.name))) {
    const outcome = known[name]
    if (outcome === undefined) return { type: 'try', name }
    if (E.isRight(outcome) && outcome.right.accelerator === on) {
      passed.delete(name)
      return { type: 'take', name, passedOver: [...passed.values()] }
    }
    passed.set(name, { name, reason: reasonOf(outcome) })
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
