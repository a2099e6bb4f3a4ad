import type { BackendInfo } from '../../core/backend.ts'

/** Adapters that are a program: they compute right, on the CPU, slower than kernels for the CPU do. */
const software = /swiftshader|llvmpipe|lavapipe|basic render|warp/i

/** An adapter in words, as far as it tells. */
export const describe = (info: GPUAdapterInfo): Pick<BackendInfo, 'device' | 'accelerator'> => {
  const words = [
    info.description || [info.vendor, info.architecture, info.device].filter((word) => word !== '').join(' '),
  ]
  const device = words.filter((word) => word !== '').join(', ') || 'a GPU that does not tell its name'
  const isSoftware = info.isFallbackAdapter || software.test(`${info.description} ${info.architecture} ${info.device}`)
  return {
    device: `${device}, WebGPU${isSoftware ? ' in software' : ''}`,
    accelerator: isSoftware ? 'software gpu' : 'gpu',
  }
}
