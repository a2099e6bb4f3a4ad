import type * as Onnx from 'onnxruntime-web'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { absent } from '../absent.ts'
import { afterMoment } from '../afterMoment.ts'
import type { Backend, BackendError, BackendOptions, StartBackend } from '../backend.ts'
import { attempt } from './error.ts'
import { backendOf, holdProvider } from './provider.ts'
import { type Runtime, readEach } from './runtime.ts'

/** onnxruntime in a browser: on WebGPU where there is an adapter, else in WebAssembly. */

const name = 'onnx-web'

type Library = typeof Onnx
type SessionOptions = Onnx.InferenceSession.SessionOptions

/** Two builds of onnxruntime-web: the one for WebGPU is the larger. */
const builds = {
  webgpu: { load: () => import('onnxruntime-web/webgpu').catch(absent), file: 'ort-wasm-simd-threaded.asyncify.wasm' },
  wasm: { load: () => import('onnxruntime-web/wasm').catch(absent), file: 'ort-wasm-simd-threaded.wasm' },
} as const
type Build = keyof typeof builds

const load = (build: Build, { threads, wasmFolder }: BackendOptions): TE.TaskEither<BackendError, Library> =>
  attempt(name, 'loading onnxruntime-web', 'npm install onnxruntime-web', async () => {
    const onnx: Library = await builds[build].load()
    onnx.env.logLevel = 'fatal'
    if (threads !== undefined) onnx.env.wasm.numThreads = threads
    if (wasmFolder !== undefined) onnx.env.wasm.wasmPaths = { wasm: `${wasmFolder}${builds[build].file}` }
    return onnx
  })

const runtimeOf = (onnx: Library, options: SessionOptions): Omit<Runtime, 'keeps' | 'processor'> => ({
  backend: name,
  open: (model) => onnx.InferenceSession.create(model, { enableMemPattern: false, logSeverityLevel: 4, ...options }),
  floats: (shape, values) => new onnx.Tensor('float32', values, shape),
  integer: (value) => new onnx.Tensor('int64', BigInt64Array.of(BigInt(value)), []),
  free: (tensor) => tensor.dispose(),
  read: readEach,
})

const versionOf = ({ env: { versions } }: Library): string => versions.web ?? versions.common

const served = (build: Build): string =>
  `Serve onnxruntime-web/dist/${builds[build].file} beside the script that loads it, or say where it is: wasmFolder.`

const threadsInWords = (threads: number | undefined): string =>
  threads === undefined || threads === 1 ? '1 thread' : `${threads} threads`

const startWasm = (options: BackendOptions): TE.TaskEither<BackendError, Backend> =>
  pipe(
    load('wasm', options),
    TE.bindTo('onnx'),
    TE.let('runtime', ({ onnx }): Runtime => ({ keeps: 'on the host', processor: 'cpu', ...runtimeOf(onnx, {}) })),
    TE.bind('holding', ({ runtime }) => holdProvider(runtime, "starting onnxruntime's WebAssembly", served('wasm'))),
    TE.map(({ onnx, runtime, holding }) =>
      backendOf(runtime, holding, {
        device: `CPU, WebAssembly with SIMD, ${threadsInWords(onnx.env.wasm.numThreads)}`,
        accelerator: 'none',
        version: versionOf(onnx),
      }),
    ),
  )

/** What a device is asked never ends once it is lost: then it ends with the reason. */
const untilLost = (runtime: Runtime, lost: Promise<GPUDeviceLostInfo>): Runtime => {
  const failure = lost.then(({ message }): never => {
    throw new Error(`the GPU was lost: ${message}`)
  })
  // A device may be lost when nobody asks anything.
  failure.catch(() => {})
  const orLost = <A>(work: Promise<A>): Promise<A> => Promise.race([afterMoment(() => work), failure])
  return {
    ...runtime,
    open: async (model) => {
      const session = await orLost(runtime.open(model))
      return { run: (inputs) => orLost(session.run(inputs)), release: () => session.release() }
    },
    read: (tensors) => orLost(runtime.read(tensors)),
  }
}

const isSoftware = ({ vendor, architecture, isFallbackAdapter }: GPUAdapterInfo): boolean =>
  isFallbackAdapter === true || /swiftshader|llvmpipe|basic render/i.test(`${vendor} ${architecture}`)

const startWebgpu = (info: GPUAdapterInfo, options: BackendOptions): TE.TaskEither<BackendError, Backend> =>
  pipe(
    load('webgpu', options),
    TE.bindTo('onnx'),
    TE.let(
      'device',
      ({ onnx }): Runtime => ({
        keeps: 'on the device',
        processor: 'gpu',
        ...runtimeOf(onnx, { executionProviders: ['webgpu'], preferredOutputLocation: 'gpu-buffer' }),
      }),
    ),
    TE.bind('holding', ({ device }) => holdProvider(device, "starting onnxruntime's WebGPU", served('webgpu'))),
    // In an object, as it would be waited for otherwise.
    TE.bind('lost', ({ onnx }) => TE.fromTask(async () => ({ until: (await onnx.env.webgpu.device).lost }))),
    TE.map(({ onnx, device, holding, lost }) =>
      backendOf(untilLost(device, lost.until), holding, {
        device: `WebGPU, ${info.description || `${info.vendor} ${info.architecture}`}${isSoftware(info) ? ', in software' : ''}`,
        accelerator: isSoftware(info) ? 'software gpu' : 'gpu',
        version: versionOf(onnx),
      }),
    ),
  )

/** Threads need a page that is isolated from other sites' scripts. */
export const start: StartBackend = (options) => async () => {
  const adapter = (await globalThis.navigator?.gpu?.requestAdapter()) ?? undefined
  const begin = adapter === undefined ? startWasm(options) : startWebgpu(adapter.info, options)
  return begin()
}
