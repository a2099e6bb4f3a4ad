import type { Tensor } from 'onnxruntime-node'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type Draw, type Program, size } from '../../ir/program.ts'
import type { BackendError, Executable, Feeds } from '../backend.ts'
import { type Chunk, chunk, ports } from './chunk.ts'
import { attempt } from './error.ts'
import { writeModel } from './model.ts'
import { type Runtime, readFloats, type Session, type Tensors } from './runtime.ts'

/** The state that an executable works on. */
export interface StateCell {
  readonly get: () => Tensors
  /** Replaces the tensors that are named. */
  readonly replace: (tensors: Tensors) => void
}

const present = (tensors: Tensors, name: string): Tensor => {
  const tensor = tensors[name]
  if (tensor === undefined) throw new Error(`there is no tensor '${name}'`)
  return tensor
}

const drawTensor = (runtime: Runtime, name: string, { shape }: Draw, { draws, count }: Feeds): Tensor => {
  const values = draws[name]
  const expected = count * size(shape)
  if (values?.length !== expected) throw new Error(`draw '${name}' has ${values?.length} values, not ${expected}`)
  return runtime.floats([count, ...shape], values)
}

const inputs = (runtime: Runtime, program: Program, { reads }: Chunk, state: Tensors, feeds: Feeds): Tensors => ({
  [ports.count]: runtime.integer(feeds.count),
  [ports.first]: runtime.integer(feeds.first),
  ...Object.fromEntries(reads.map((name) => [ports.state(name), present(state, name)])),
  ...Object.fromEntries(
    Object.entries(program.draws).map(([name, draw]) => [ports.draw(name), drawTensor(runtime, name, draw, feeds)]),
  ),
})

const metricValues = async ({ metrics }: Chunk, outputs: Tensors): Promise<{ readonly [name: string]: Float32Array }> =>
  Object.fromEntries(
    await Promise.all(
      metrics.map(async (name) => [name, await readFloats(present(outputs, ports.metric(name)))] as const),
    ),
  )

const executable = (runtime: Runtime, program: Program, made: Chunk, session: Session, cell: StateCell) => {
  let disposed = false
  const run = (fed: Tensors): TE.TaskEither<BackendError, { readonly [metric: string]: Float32Array }> =>
    attempt(
      'running a program',
      'Run it on the reference backend to see whether the program is at fault.',
      async () => {
        const outputs = await session.run(fed)
        const metrics = await metricValues(made, outputs)
        cell.replace(Object.fromEntries(made.writes.map((name) => [name, present(outputs, ports.next(name))])))
        return metrics
      },
    )
  return {
    run: (feeds: Feeds) =>
      pipe(
        TE.fromIO(() => inputs(runtime, program, made, cell.get(), feeds)),
        TE.flatMap(run),
      ),
    dispose: () => {
      if (!disposed) void session.release()
      disposed = true
    },
  }
}

/** A program that neither writes nor reports does nothing, and ONNX has no graph without outputs. */
const idle: Executable = { run: () => TE.right({}), dispose: () => {} }

/** Opens a session for a program. Its executable works on `cell`. */
export const compile = (
  runtime: Runtime,
  program: Program,
  cell: StateCell,
): TE.TaskEither<BackendError, Executable> => {
  const made = chunk(program)
  if (made.graph.outputs.length === 0) return TE.right(idle)
  return pipe(
    attempt('compiling a program', 'This is a fault of the onnx backend: please report it.', () =>
      runtime.open(writeModel(made.graph)),
    ),
    TE.map((session) => executable(runtime, program, made, session, cell)),
  )
}
