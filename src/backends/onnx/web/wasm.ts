import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { StartBackend } from '../../backend.ts'
import { backendOf, holdProvider } from '../provider.ts'
import type { Runtime } from '../runtime.ts'
import { hint, load, runtimeOf, versionOf } from './library.ts'

const inWords = (threads: number | undefined): string =>
  threads === undefined || threads === 1 ? '1 thread' : `${threads} threads`

/** In WebAssembly; threads need a page that is isolated from other sites' scripts. */
export const startWasm: StartBackend = (options) =>
  pipe(
    load('wasm', options),
    TE.bindTo('onnx'),
    TE.let('runtime', ({ onnx }): Runtime => ({ keeps: 'on the host', processor: 'cpu', ...runtimeOf(onnx, {}) })),
    TE.bind('holding', ({ runtime }) => holdProvider(runtime, "starting onnxruntime's WebAssembly", hint('wasm'))),
    TE.map(({ onnx, runtime, holding }) =>
      backendOf(runtime, holding, {
        device: `CPU, WebAssembly with SIMD, ${inWords(onnx.env.wasm.numThreads)}`,
        accelerator: 'none',
        version: versionOf(onnx),
      }),
    ),
  )
