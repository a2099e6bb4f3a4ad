import { expect } from 'vitest'
import * as E from '#fp-ts/Either'
import type { TaskEither } from '#fp-ts/TaskEither'
import type { Backend } from '../../../src/backends/core/backend.ts'
import { start } from '../../../src/backends/onnx/index.ts'
import type { BackendError } from '../../../src/errors/backendError.ts'
import { evaluate, type Values } from '../../../src/ir/evaluate.ts'
import type { HostTensors } from '../../../src/ir/hostTensor.ts'
import { type Program, type Shape, size } from '../../../src/ir/program.ts'

export const succeed = async <A>(task: TaskEither<BackendError, A>): Promise<A> => {
  const result = await task()
  if (E.isLeft(result)) throw new Error(result.left.message)
  return result.right
}

export const backend = (): Promise<Backend> => succeed(start({ threads: 1 }))

/** Numbers between -1/2 and 1/2, different for each seed; so small that sums of hundreds of products stay within tolerance. */
export const numbers = (seed: number, count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => 0.5 * Math.sin(12.9898 * (i + 1) + 78.233 * (seed + 1)))

const orderedShapes = (program: Program): readonly (readonly [string, Shape])[] => Object.entries(program.state)

/** State for a program that is not told any. */
export const someState = (program: Program): HostTensors =>
  Object.fromEntries(
    orderedShapes(program).map(([name, shape], i) => [name, { shape, values: numbers(i, size(shape)) }]),
  )

const wide = (tensors: HostTensors): Values =>
  Object.fromEntries(Object.entries(tensors).map(([name, { values }]) => [name, Float64Array.from(values)]))

/** 1e-4 of the value, or what sums of larger numbers leave; infinite and NaN values are the same. */
const close = (found: number, expected: number, rest: number): boolean =>
  Object.is(found, expected) || found === expected || Math.abs(found - expected) <= rest + 1e-4 * Math.abs(expected)

const expectClose = (
  name: string,
  found: ArrayLike<number> | undefined,
  expected: ArrayLike<number>,
  rest: number,
): void => {
  expect(found?.length, `length of ${name}`).toBe(expected.length)
  const wrong = Array.from(expected).flatMap((value, i) => {
    const float = Math.fround(value)
    return close(found?.[i] ?? Number.NaN, float, rest) ? [] : [`${name}[${i}] is ${found?.[i]}, not ${float}`]
  })
  expect(wrong.slice(0, 5)).toEqual([])
}

/** One step on the backend yields the metrics and the state that the reference interpreter yields. */
export const expectAgreement = async (
  on: Backend,
  program: Program,
  {
    state = someState(program),
    draws = {},
    step = 0,
    rest = 1e-5,
  }: {
    readonly state?: HostTensors
    readonly draws?: { readonly [name: string]: Float32Array }
    readonly step?: number
    readonly rest?: number
  } = {},
): Promise<void> => {
  const store = await succeed(on.store(state))
  const executable = await succeed(store.compile(program))
  const metrics = await succeed(executable.run({ first: step, count: 1, draws }))
  const after = await succeed(store.read())
  executable.dispose()
  const expected = evaluate(program, {
    state: wide(state),
    draws: Object.fromEntries(Object.entries(draws).map(([name, values]) => [name, Float64Array.from(values)])),
    step,
  })
  for (const [name, values] of Object.entries(expected.metrics)) expectClose(name, metrics[name], values, rest)
  for (const [name, values] of Object.entries(expected.state)) expectClose(name, after[name]?.values, values, rest)
}
