import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../../errors/backendError.ts'
import type { Backend, BackendOptions } from '../../core/backend.ts'
import { hint, load } from './library.ts'
import { startWasm } from './wasm.ts'

/** onnxruntime's WebAssembly in a page. Threads need a cross-origin isolated page. */
export const startWasmInPage = (backend: string, options: BackendOptions): TE.TaskEither<BackendError, Backend> =>
  pipe(
    load(backend, 'wasm', options),
    TE.flatMap((onnx) => startWasm(backend, onnx, hint('wasm'))),
  )
