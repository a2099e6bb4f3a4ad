import { availableParallelism } from 'node:os'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { StartBackend } from '../core/backend.ts'
import { hostRuntime, load, versionOf } from './node.ts'
import { secondsToPrepare } from './preparation.ts'
import { storesOn } from './store.ts'

/** onnxruntime in Node, on the CPU. */

const name = 'onnx'

/** Uses one thread per core by default. */
export const start: StartBackend = ({ threads = availableParallelism() }) =>
  pipe(
    load(name),
    TE.map((onnx) => {
      const runtime = hostRuntime(onnx, name, { executionProviders: ['cpu'], intraOpNumThreads: threads })
      return {
        info: {
          name,
          device: threads === 1 ? 'CPU, 1 thread' : `CPU, ${threads} threads`,
          accelerator: 'none',
          version: versionOf(onnx),
        },
        store: storesOn(runtime),
        secondsToPrepare,
      }
    }),
  )
