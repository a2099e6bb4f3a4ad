import type * as Onnx from 'onnxruntime-web'
import type { TaskEither } from '#fp-ts/TaskEither'
import type { BackendError } from '../../../errors/backendError.ts'
import { absent } from '../../core/absent.ts'
import type { BackendOptions } from '../../core/backend.ts'
import { attempt } from '../error.ts'
import { type Runtime, readEach } from '../runtime.ts'
import { inTurn } from './inTurn.ts'

/** The common part of the backends on onnxruntime-web. */

export type Library = typeof Onnx

/** The two builds of onnxruntime-web. The WebGPU build is larger. */
const builds = {
  webgpu: { load: () => import('onnxruntime-web/webgpu').catch(absent), file: 'ort-wasm-simd-threaded.asyncify.wasm' },
  wasm: { load: () => import('onnxruntime-web/wasm').catch(absent), file: 'ort-wasm-simd-threaded.wasm' },
} as const
export type Build = keyof typeof builds

export const load = (
  backend: string,
  build: Build,
  { threads, wasmFolder }: BackendOptions,
): TaskEither<BackendError, Library> =>
  attempt(backend, 'loading onnxruntime-web', 'npm install onnxruntime-web', async () => {
    const onnx: Library = await builds[build].load()
    onnx.env.logLevel = 'fatal'
    if (threads !== undefined) onnx.env.wasm.numThreads = threads
    if (wasmFolder !== undefined) onnx.env.wasm.wasmPaths = { wasm: `${wasmFolder}${builds[build].file}` }
    return onnx
  })

/** The error of a page that has the library but not its WebAssembly file. */
export const hint = (build: Build): string =>
  `Serve onnxruntime-web/dist/${builds[build].file} beside the script that loads it, or say where it is: wasmFolder.`

export const runtimeOf = (
  backend: string,
  onnx: Library,
  options: Onnx.InferenceSession.SessionOptions,
): Pick<Runtime, 'backend' | 'open' | 'floats' | 'integer' | 'free' | 'read'> => ({
  backend,
  open: async (model) => {
    const all = { enableMemPattern: false, logSeverityLevel: 4, ...options } as const
    const session = await inTurn(() => onnx.InferenceSession.create(model, all))
    return { run: (inputs) => inTurn(() => session.run(inputs)), release: () => inTurn(() => session.release()) }
  },
  floats: (shape, values) => new onnx.Tensor('float32', values, shape),
  integer: (value) => new onnx.Tensor('int64', BigInt64Array.of(BigInt(value)), []),
  free: (tensor) => tensor.dispose(),
  read: readEach,
})

export const versionOf = ({ env: { versions } }: Library): string => versions.web ?? versions.common
