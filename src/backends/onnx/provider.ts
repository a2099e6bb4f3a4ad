import type * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { Backend, BackendInfo } from '../core/backend.ts'
import { float } from './call.ts'
import { attempt } from './error.ts'
import type { Graph } from './graph.ts'
import { writeModel } from './model.ts'
import { secondsToPrepare } from './preparation.ts'
import type { Runtime, Session } from './runtime.ts'
import { storesOn } from './store.ts'

const graph: Graph = {
  name: 'trial',
  nodes: [{ name: 'sum', op: 'Add', inputs: ['x', 'x'], outputs: ['y'], attributes: {} }],
  initializers: [],
  inputs: [float('x', [1])],
  outputs: [float('y', [1])],
}

/**
 * Opens a session of a small model: onnxruntime tells only then whether a provider and its device are there, and gives the
 * device back with the last of its sessions. This one holds it.
 */
export const holdProvider = (runtime: Runtime, doing: string, hint: string): TE.TaskEither<BackendError, Session> =>
  attempt(runtime.backend, doing, hint, () => runtime.open(writeModel(graph)))

/** A backend on a provider that `holding` holds, until it is disposed of. */
export const backendOf = (runtime: Runtime, holding: Session, info: Omit<BackendInfo, 'name'>): Backend => ({
  info: { name: runtime.backend, ...info },
  store: storesOn(runtime),
  secondsToPrepare,
  dispose: () => void holding.release(),
})
