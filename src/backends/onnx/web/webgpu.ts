import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../../errors/backendError.ts'
import type { Backend, BackendInfo, BackendOptions } from '../../core/backend.ts'
import { overLimits } from '../../core/limits.ts'
import { backendOf, holdProvider } from '../provider.ts'
import type { Runtime } from '../runtime.ts'
import { hint, type Library, load, runtimeOf, versionOf } from './library.ts'
import { untilLost } from './untilLost.ts'

const name = 'onnx-web'

const software = /swiftshader|llvmpipe|basic render/i

const describe = (info: GPUAdapterInfo): Pick<BackendInfo, 'device' | 'accelerator'> => {
  const { vendor, architecture, description, isFallbackAdapter } = info
  const card = description || [vendor, architecture].filter((word) => word !== '').join(' ') || 'an unnamed card'
  return isFallbackAdapter || software.test(`${architecture} ${description}`)
    ? { device: `WebGPU, ${card}, in software`, accelerator: 'software gpu' }
    : { device: `WebGPU, ${card}`, accelerator: 'gpu' }
}

const runtimeOn = (onnx: Library, { limits, info }: GPUAdapter): Runtime => {
  const { device } = describe(info)
  return {
    keeps: 'on the device',
    processor: 'gpu',
    overLimits: async (tensors) => overLimits(limits, device, tensors),
    ...runtimeOf(name, onnx, { executionProviders: ['webgpu'], preferredOutputLocation: 'gpu-buffer' }),
  }
}

/** The runtime on WebGPU. State stays on the device. */
export const startWebgpu = (adapter: GPUAdapter, options: BackendOptions): TE.TaskEither<BackendError, Backend> =>
  pipe(
    load(name, 'webgpu', options),
    TE.bindTo('onnx'),
    TE.let('runtime', ({ onnx }) => runtimeOn(onnx, adapter)),
    TE.bind('holding', ({ runtime }) => holdProvider(runtime, "starting onnxruntime's WebGPU", hint('webgpu'))),
    // Wrapped in an object, because a promise would be awaited.
    TE.bind('lost', ({ onnx }) => TE.fromTask(async () => ({ until: (await onnx.env.webgpu.device).lost }))),
    TE.map(({ onnx, runtime, holding, lost }) =>
      backendOf(untilLost(runtime, lost.until), holding, { ...describe(adapter.info), version: versionOf(onnx) }),
    ),
  )
