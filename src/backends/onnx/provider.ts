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
 * Opens a session of a small model. Only then does onnxruntime tell whether a provider and its device exist. It releases the device with its
 * last session, so this session keeps it.
 */
export const holdProvider = (runtime: Runtime, doing: string, hint: string): TE.TaskEither<BackendError, Session> =>
  attempt(runtime.backend, doing, hint, () => runtime.open(writeModel(graph)))

/** Makes a backend on a provider that the session `holding` keeps open, until it is disposed of. */
export const backendOf = (runtime: Runtime, holding: Session, info: Omit<BackendInfo, 'name'>): Backend => ({
  info: { name: runtime.backend, ...info },
  store: storesOn(runtime),
  secondsToPrepare,
  dispose: () => void holding.release(),
})
