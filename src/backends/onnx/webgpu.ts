import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Accelerator, StartBackend } from '../core/backend.ts'
import { hostRuntime, type Library, load, versionOf } from './node.ts'
import { backendOf, holdProvider } from './provider.ts'
import { readByModel } from './reader.ts'
import type { Runtime } from './runtime.ts'
import { isSoftwareOnly } from './software.ts'
import { byTrial } from './trial.ts'

/** onnxruntime in Node with its WebGPU provider: Dawn on Vulkan, Metal or Direct3D 12. */

const name = 'onnx-webgpu'

const drivers: { readonly [platform: string]: string } = { darwin: 'Metal', win32: 'Direct3D 12' }
const driver = drivers[process.platform] ?? 'Vulkan'

const runtimeOf = (onnx: Library): Runtime => {
  const host = hostRuntime(onnx, name, { executionProviders: ['webgpu'] })
  const device = hostRuntime(onnx, name, { executionProviders: ['webgpu'], preferredOutputLocation: 'gpu-buffer' })
  const runtime: Runtime = {
    ...device,
    keeps: 'on the device',
    free: (tensor) => tensor.dispose(),
    read: readByModel(host.open),
  }
  return { ...runtime, overLimits: byTrial(runtime, `WebGPU on ${driver}`) }
}

/** onnxruntime does not report its device, so this says only what is certain. */
const describe = (): { readonly device: string; readonly accelerator: Accelerator } =>
  isSoftwareOnly()
    ? { device: `WebGPU on ${driver} in software, by the CPU`, accelerator: 'software gpu' }
    : { device: `WebGPU on ${driver}`, accelerator: 'gpu' }

const hint =
  process.platform === 'linux'
    ? "Install the graphics card's Vulkan driver and libvulkan1."
    : "Update the graphics card's driver."

export const start: StartBackend = () =>
  pipe(
    load(name),
    TE.bindTo('onnx'),
    TE.let('runtime', ({ onnx }) => runtimeOf(onnx)),
    TE.bind('holding', ({ runtime }) => holdProvider(runtime, "starting onnxruntime's WebGPU provider", hint)),
    TE.map(({ onnx, runtime, holding }) => backendOf(runtime, holding, { ...describe(), version: versionOf(onnx) })),
  )
