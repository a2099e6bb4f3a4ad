import * as E from '#fp-ts/Either'
import type { TaskEither } from '#fp-ts/TaskEither'
import type { Backend, Store } from '../../src/backends/core/backend.ts'
import type { BackendError } from '../../src/errors/backendError.ts'
import { evaluate, type Values } from '../../src/ir/evaluate.ts'
import type { HostTensors } from '../../src/ir/hostTensor.ts'
import type { Program } from '../../src/ir/program.ts'
import { type Case, joinedDraws, type Tolerance, tolerances } from './case.ts'

const succeed = async <A>(task: TaskEither<BackendError, A>): Promise<A> => {
  const result = await task()
  if (E.isLeft(result)) throw new Error(`${result.left.backend}: ${result.left.message}`)
  return result.right
}

const wide = (tensors: HostTensors): Values =>
  Object.fromEntries(Object.entries(tensors).map(([name, { values }]) => [name, Float64Array.from(values)]))

const rounded = (program: Program, values: Values): HostTensors =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      { shape: program.state[name] ?? [], values: Float32Array.from(value) },
    ]),
  )

const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most), 0)

/** What differs by more than is allowed. */
const misses = (
  name: string,
  found: ArrayLike<number> | undefined,
  expected: ArrayLike<number>,
  family: Tolerance,
  floor: number = tolerances[family].absolute,
): readonly string[] => {
  if (found?.length !== expected.length) return [`${name}: ${found?.length} numbers, not ${expected.length}`]
  const { relative, by } = tolerances[family]
  const most = largest(expected)
  const wrong = Array.from(expected).flatMap((exact, i) => {
    const [float, actual] = [Math.fround(exact), found[i] ?? Number.NaN]
    const allowed = relative * (by === 'tensor' ? most : Math.abs(float)) + floor
    const same = Object.is(actual, float) || actual === float || Math.abs(actual - float) <= allowed
    return same ? [] : [`${name}[${i}]: ${actual}, not ${float} (within ${allowed})`]
  })
  return wrong.slice(0, 3)
}

const moved = (after: ArrayLike<number>, before: ArrayLike<number>): readonly number[] =>
  Array.from(after, (x, i) => x - (before[i] ?? Number.NaN))

/** How far each tensor moved, by what it was before the step: an error of a move is not hidden by the tensor's size. */
const moveMisses = (
  name: string,
  found: ArrayLike<number> | undefined,
  expected: ArrayLike<number>,
  before: ArrayLike<number> | undefined,
  family: Tolerance,
): readonly string[] => {
  if (found === undefined || before === undefined) return [`${name} is missing`]
  // Both ends are float32, half a unit of the last place off each; and a move of 0 may be what is left of larger numbers.
  const floor = 2 ** -23 * (largest(expected) + largest(before)) + 1e-7
  return misses(name, moved(found, before), moved(expected, before), family, floor)
}

/** One step at a time, each from the reference's state: what the backend got wrong. */
export const disagreements = async (backend: Backend, one: Case): Promise<readonly string[]> => {
  const store = await succeed(backend.store(one.state))
  const executable = await succeed(store.compile(one.program))
  const found: string[] = []
  let state = one.state
  for (const [step, draws] of one.steps.entries()) {
    await succeed(store.write(state))
    const metrics = await succeed(executable.run({ first: step, count: 1, draws }))
    const after = await succeed(store.read())
    const exactDraws = Object.fromEntries(Object.entries(draws).map(([name, x]) => [name, Float64Array.from(x)]))
    const exact = evaluate(one.program, { state: wide(state), draws: exactDraws, step })
    for (const [name, values] of Object.entries(exact.metrics))
      found.push(...misses(`step ${step}, ${name}`, metrics[name], values, one.metrics))
    for (const [name, values] of Object.entries(exact.state))
      found.push(...moveMisses(`step ${step}, ${name}`, after[name]?.values, values, state[name]?.values, one.moves))
    state = rounded(one.program, exact.state)
  }
  executable.dispose()
  store.dispose()
  return found
}

const bits = (tensors: HostTensors): { readonly [name: string]: readonly number[] } =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { values }]) => [name, [...new Uint32Array(values.slice().buffer)]]),
  )

interface Run {
  readonly state: { readonly [name: string]: readonly number[] }
  readonly metrics: { readonly [name: string]: readonly number[] }
}

const ran = async (
  backend: Backend,
  { program, state }: Case,
  run: (store: Store, execute: (first: number, count: number) => Promise<void>) => Promise<void>,
  draws: { readonly [draw: string]: Float32Array },
  steps: number,
): Promise<Run> => {
  const store = await succeed(backend.store(state))
  const executable = await succeed(store.compile(program))
  const metrics = new Map<string, number[]>()
  await run(store, async (first, count) => {
    const part = Object.fromEntries(
      Object.entries(draws).map(([name, all]) => [
        name,
        all.slice((first * all.length) / steps, ((first + count) * all.length) / steps),
      ]),
    )
    const made = await succeed(executable.run({ first, count, draws: part }))
    for (const [name, values] of Object.entries(made))
      metrics.set(name, [...(metrics.get(name) ?? []), ...new Uint32Array(values.slice().buffer)])
  })
  const after = bits(await succeed(store.read()))
  executable.dispose()
  store.dispose()
  return { state: after, metrics: Object.fromEntries(metrics) }
}

/** All steps of a case in one call, and one by one: bit by bit the same. */
export const chunked = async (
  backend: Backend,
  one: Case,
): Promise<{ readonly together: Run; readonly alone: Run }> => {
  const draws = joinedDraws(one)
  const count = one.steps.length
  const together = await ran(backend, one, (_, execute) => execute(0, count), draws, count)
  const single = async (_: Store, execute: (first: number, count: number) => Promise<void>): Promise<void> => {
    for (let step = 0; step < count; step++) await execute(step, 1)
  }
  return { together, alone: await ran(backend, one, single, draws, count) }
}
