import type * as Tfjs from '@tensorflow/tfjs-core'
import { absent } from '../../core/absent.ts'
import type { Device } from '../device.ts'
import { webgpuDifferences } from '../differences/webgpu.ts'
import { ready } from '../start.ts'
import { describe } from './describe.ts'
import { inOrder } from './inOrder.ts'
import { watch } from './watch.ts'

export const name = 'tfjs-webgpu'

/** All that the adapter has: by default a device has little more than every phone. */
const limits = ({ limits }: GPUAdapter): Record<string, number> => ({
  maxBufferSize: limits.maxBufferSize,
  maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
  maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
  maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
  maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
  maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
  maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
})

const openDevice = async (gpu: GPU): Promise<{ readonly device: GPUDevice; readonly info: GPUAdapterInfo }> => {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (adapter === null) throw new Error('there is no WebGPU adapter')
  return { device: await adapter.requestDevice({ requiredLimits: limits(adapter) }), info: adapter.info }
}

/** A name that no kernels have: each device has kernels of its own, apart from those that a user may run. */
const freeName = ({ findBackend }: typeof Tfjs): string => {
  for (let i = 0; ; i++) if (findBackend(`${name}-${i}`) === null) return `${name}-${i}`
}

const register = (tf: typeof Tfjs, kernels: string, make: () => Tfjs.KernelBackend): void => {
  for (const kernel of tf.getKernelsForBackend('webgpu'))
    tf.registerKernel({ ...inOrder(tf, kernel), backendName: kernels })
  tf.registerBackend(kernels, make)
}

const unregister = (tf: typeof Tfjs, kernels: string): void => {
  tf.removeBackend(kernels)
  for (const { kernelName } of tf.getKernelsForBackend(kernels)) tf.unregisterKernel(kernelName, kernels)
}

/** Opens a device of its own. */
export const open = async (gpu: GPU): Promise<Device> => {
  const { device, info } = await openDevice(gpu)
  const tf = await import('@tensorflow/tfjs-core').catch(absent)
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu').catch(absent)
  // Else tensors of few numbers are computed on the CPU unseen.
  tf.env().set('WEBGPU_CPU_FORWARD', false)
  const kernels = freeName(tf)
  register(tf, kernels, () => new WebGPUBackend(device, info))
  await ready(tf, kernels)
  return {
    tf,
    kernels,
    info: { name, version: tf.version_core, ...describe(info) },
    differences: webgpuDifferences,
    limits: device.limits,
    failure: watch(device),
    dispose: () => {
      unregister(tf, kernels)
      device.destroy()
    },
  }
}
