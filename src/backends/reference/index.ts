import * as TE from '#fp-ts/TaskEither'
import { evaluate, type Values } from '../../ir/evaluate.ts'
import type { HostTensors } from '../../ir/hostTensor.ts'
import { at, present } from '../../ir/present.ts'
import { type Program, type Shape, size } from '../../ir/program.ts'
import type { Feeds, StartBackend } from '../core/backend.ts'
import type { Compile, Made } from '../core/compiled.ts'
import { attempt } from '../core/error.ts'
import { drawOf } from '../core/feeds.ts'
import type { Memory, Tensors } from '../core/memory.ts'
import { createStore } from '../core/store.ts'

const name = 'reference'

interface DoubleTensor {
  readonly shape: Shape
  readonly values: Float64Array
}

const mapValues = <A, B>(all: { readonly [name: string]: A }, change: (value: A, name: string) => B) =>
  Object.fromEntries(Object.entries(all).map(([name, value]) => [name, change(value, name)]))

const memory: Memory<DoubleTensor> = {
  backend: name,
  shapeOf: ({ shape }) => shape,
  upload: (tensors: HostTensors) =>
    TE.of(mapValues(tensors, ({ shape, values }) => ({ shape, values: Float64Array.from(values) }))),
  view: TE.of,
  free: () => {},
}

/** One step's part of each draw. */
const drawsAt = ({ draws }: Program, feeds: Feeds, index: number): Values =>
  mapValues(draws, ({ shape }, name) => Float64Array.from(drawOf(feeds, name, shape, index, 1)))

const runSteps = (program: Program, start: Tensors<DoubleTensor>, feeds: Feeds): Made<DoubleTensor> => {
  const shapeOf = (id: number): Shape => at(program.nodes, id).shape
  const metrics = mapValues(program.metrics, (id) => new Float64Array(feeds.count * size(shapeOf(id))))
  let state: Values = mapValues(start, ({ values }) => values)
  for (let i = 0; i < feeds.count; i++) {
    const step = evaluate(program, { state, draws: drawsAt(program, feeds, i), step: feeds.first + i })
    for (const [name, values] of Object.entries(step.metrics))
      present(metrics[name], name).set(values, i * values.length)
    state = step.state
  }
  const written = mapValues(program.writes, (id, name) => ({ shape: shapeOf(id), values: present(state[name], name) }))
  return { written, metrics }
}

const compile: Compile<DoubleTensor> = (program) =>
  TE.of({
    run: (state, feeds) =>
      attempt(name, 'running a program', 'This is a fault of saddlepoint: please report it.', async () =>
        runSteps(program, state, feeds),
      ),
    dispose: () => {},
  })

/** The float64 interpreter as a backend, for tests and small runs. State and metrics are float64. Draws are the same float32 numbers as on every backend. */
export const start: StartBackend = () =>
  TE.of({
    info: { name, device: 'CPU, float64', accelerator: 'none', version: '1' },
    store: createStore(memory, compile),
  })
