import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { StartBackend } from '../../core/backend.ts'
import { attempt } from '../error.ts'
import { startWasm } from '../web/wasm.ts'

/** onnxruntime in WebAssembly in Node: slower than onnxruntime-node, and it installs everywhere. */

const name = 'onnx-wasm'
const hint = 'npm install onnxruntime-web'

/** One thread by default, because on a busy machine more threads wait for each other. */
export const start: StartBackend = ({ threads = 1 }) =>
  pipe(
    attempt(name, 'loading onnxruntime-web', hint, async () => {
      // In Node the package's main entry is the build that finds its own files and starts its own threads.
      const onnx = await import('onnxruntime-web')
      onnx.env.logLevel = 'fatal'
      onnx.env.wasm.numThreads = threads
      return onnx
    }),
    TE.flatMap((onnx) => startWasm(name, onnx, hint)),
  )
