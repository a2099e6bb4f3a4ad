import * as TE from '#fp-ts/TaskEither'
import { evaluate, type Values } from '../../ir/evaluate.ts'
import type { HostTensors } from '../../ir/hostTensor.ts'
import { type Program, type Shape, size } from '../../ir/program.ts'
import type { Executable, Feeds, StartBackend, Store } from '../core/backend.ts'

interface State {
  readonly shapes: { readonly [name: string]: Shape }
  readonly values: Values
}

const upload = (tensors: HostTensors): State => ({
  shapes: Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape])),
  values: Object.fromEntries(Object.entries(tensors).map(([name, { values }]) => [name, Float64Array.from(values)])),
})

const download = ({ shapes, values }: State): HostTensors =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      { shape: shapes[name] ?? [], values: Float64Array.from(value) },
    ]),
  )

/** One step's part of each draw. */
const drawsAt = ({ draws }: Program, feeds: Feeds, index: number): Values =>
  Object.fromEntries(
    Object.entries(draws).map(([name, { shape }]) => {
      const length = size(shape)
      return [name, Float64Array.from(feeds.draws[name]?.subarray(index * length, (index + 1) * length) ?? [])]
    }),
  )

const runSteps = (program: Program, start: Values, feeds: Feeds) => {
  const metrics = Object.entries(program.metrics).map(([name, id]) => {
    const length = size(program.nodes[id]?.shape ?? [])
    return [name, new Float64Array(feeds.count * length)] as const
  })
  let state = start
  for (let i = 0; i < feeds.count; i++) {
    const result = evaluate(program, { state, draws: drawsAt(program, feeds, i), step: feeds.first + i })
    for (const [name, values] of metrics) {
      const value = result.metrics[name] ?? new Float64Array(0)
      values.set(value, i * value.length)
    }
    state = result.state
  }
  return { state, metrics: Object.fromEntries(metrics) }
}

const storeOf = (initial: State): Store => {
  let current = initial
  let previous = initial
  const change = (next: State): void => {
    previous = current
    current = next
  }
  const executable = (program: Program): Executable => ({
    run: (feeds) =>
      TE.fromIO(() => {
        const { state, metrics } = runSteps(program, current.values, feeds)
        change({ ...current, values: state })
        return metrics
      }),
    dispose: () => {},
  })
  return {
    compile: (program) => TE.of(executable(program)),
    read: () => TE.fromIO(() => download(current)),
    write: (tensors) =>
      TE.fromIO(() => {
        const written = upload(tensors)
        change({ shapes: { ...current.shapes, ...written.shapes }, values: { ...current.values, ...written.values } })
      }),
    undo: () => change(previous),
    fork: () => storeOf(current),
    dispose: () => {},
  }
}

/** The float64 interpreter as a backend: for tests and small runs. State and metrics are float64; draws are the same float32 numbers that every backend gets. */
export const start: StartBackend = () =>
  TE.of({
    info: { name: 'reference', device: 'CPU, float64', accelerator: 'none', version: '1' },
    store: (initial) => TE.of(storeOf(upload(initial))),
  })
