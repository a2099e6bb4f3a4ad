import { availableParallelism } from 'node:os'
import type * as Onnx from 'onnxruntime-node'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend, BackendError, StartBackend } from '../backend.ts'
import { attempt, backend } from './error.ts'
import type { Runtime } from './runtime.ts'
import { createStore } from './store.ts'

/** onnxruntime in Node, on the CPU. */

const load: TE.TaskEither<BackendError, typeof Onnx> = attempt(
  'loading onnxruntime-node',
  'npm install --ignore-scripts onnxruntime-node',
  () => {
    // From 1.29 on onnxruntime reports to its maker, unless it is told before it loads. Whoever sets this decides.
    process.env.ORT_DISABLE_TELEMETRY ??= '1'
    return import('onnxruntime-node')
  },
)

/**
 * Memory patterns plan one block for all of a step beside the arena's own, and save no time. All else is best left as it
 * is: parallel execution, no spinning, or no arena each make training slower. Failures are values here, so only what is
 * fatal is logged.
 */
const sessionOptions = (threads: number): Onnx.InferenceSession.SessionOptions => ({
  executionProviders: ['cpu'],
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  enableMemPattern: false,
  logSeverityLevel: 4,
})

const runtimeOf = (onnx: typeof Onnx, threads: number): Runtime => ({
  open: (model) => onnx.InferenceSession.create(model, sessionOptions(threads)),
  floats: (shape, values) => new onnx.Tensor('float32', values, shape),
  integer: (value) => new onnx.Tensor('int64', BigInt64Array.of(BigInt(value)), []),
})

const describe = (onnx: typeof Onnx, threads: number): Backend['info'] => ({
  name: backend,
  device: threads === 1 ? 'CPU, 1 thread' : `CPU, ${threads} threads`,
  accelerator: 'none',
  version: onnx.env.versions.node ?? onnx.env.versions.common,
})

/** Uses as many threads as there are cores, unless it is told. */
export const start: StartBackend = ({ threads = availableParallelism() }) =>
  pipe(
    load,
    TE.map((onnx) => {
      const runtime = runtimeOf(onnx, threads)
      return {
        info: describe(onnx, threads),
        store: (initial) => TE.fromIO(() => createStore(runtime, initial)),
      }
    }),
  )
