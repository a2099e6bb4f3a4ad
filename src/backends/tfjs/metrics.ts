import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import { at } from '../../ir/present.ts'
import { size } from '../../ir/program.ts'
import type { Device, Tensor } from './device.ts'
import { runKernel } from './interpret.ts'
import { instructionAt, type Plan } from './plan.ts'
import { viewFloats } from './read.ts'
import { disposeAll } from './tensors.ts'

export type Metrics = { readonly [metric: string]: Float32Array }

/** Concatenates vectors, so that one read is enough, and disposes of them. */
export const joined = (device: Device, vectors: readonly Tensor[]): Tensor | undefined => {
  const [first] = vectors
  if (vectors.length <= 1) return first
  const whole = runKernel(device, 'Concat', vectors, { axis: 0 })
  disposeAll(vectors)
  return whole
}

/** Reads a vector and disposes of it. */
export const readOnce = (
  device: Device,
  doing: string,
  vector: Tensor | undefined,
): TE.TaskEither<BackendError, Float32Array> => {
  if (vector === undefined) return TE.right(new Float32Array(0))
  const dispose = () => () => disposeAll([vector])
  return pipe(
    viewFloats(device, doing, vector),
    TE.map((values) => values.slice()),
    TE.chainFirstIOK(dispose),
    TE.orElseFirstIOK(dispose),
  )
}

/** Splits one vector into the metrics of several steps. */
export const metricValues = (plan: Plan, vector: Float32Array, count: number): Metrics => {
  const lengths = Object.values(plan.metrics).map((slot) => size(instructionAt(plan, slot).shape))
  const perStep = lengths.reduce((sum, length) => sum + length, 0)
  return Object.fromEntries(
    Object.keys(plan.metrics).map((name, i) => {
      const [length, offset] = [at(lengths, i), lengths.slice(0, i).reduce((sum, n) => sum + n, 0)]
      const values = new Float32Array(count * length)
      for (let step = 0; step < count; step++) {
        const start = step * perStep + offset
        values.set(vector.subarray(start, start + length), step * length)
      }
      return [name, values]
    }),
  )
}
