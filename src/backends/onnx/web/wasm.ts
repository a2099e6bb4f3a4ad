import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../../errors/backendError.ts'
import type { Backend } from '../../core/backend.ts'
import { backendOf, holdProvider } from '../provider.ts'
import type { Runtime } from '../runtime.ts'
import { type Library, runtimeOf, versionOf } from './library.ts'

const inWords = (threads: number | undefined): string =>
  threads === undefined || threads === 1 ? '1 thread' : `${threads} threads`

/** Starts a WebAssembly backend on a loaded library. `hint` is for its failure. */
export const startWasm = (backend: string, onnx: Library, hint: string): TE.TaskEither<BackendError, Backend> => {
  const runtime: Runtime = { keeps: 'on the host', processor: 'cpu', ...runtimeOf(backend, onnx, {}) }
  return pipe(
    holdProvider(runtime, "starting onnxruntime's WebAssembly", hint),
    TE.map((holding) =>
      backendOf(runtime, holding, {
        device: `CPU, WebAssembly with SIMD, ${inWords(onnx.env.wasm.numThreads)}`,
        accelerator: 'none',
        version: versionOf(onnx),
      }),
    ),
  )
}
