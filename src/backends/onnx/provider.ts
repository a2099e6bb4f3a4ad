import type { TaskEither } from '#fp-ts/TaskEither'
import type { BackendError } from '../backend.ts'
import { float } from './call.ts'
import { attempt } from './error.ts'
import type { Graph } from './graph.ts'
import { writeModel } from './model.ts'
import type { Runtime } from './runtime.ts'

const graph: Graph = {
  name: 'trial',
  nodes: [{ name: 'sum', op: 'Add', inputs: ['x', 'x'], outputs: ['y'], attributes: {} }],
  initializers: [],
  inputs: [float('x', [1])],
  outputs: [float('y', [1])],
}

/** Opens a session, and closes it: onnxruntime tells only then whether a provider and its device are there. */
export const tryProvider = (runtime: Runtime, doing: string, hint: string): TaskEither<BackendError, void> =>
  attempt(runtime.backend, doing, hint, async () => {
    const session = await runtime.open(writeModel(graph))
    await session.release()
  })
