import { unpacked } from './unpacked.ts'
import { useVulkan } from './vulkan.ts'

/**
 * Makes this process's Vulkan that of SwiftShader, which runs on the CPU: Dawn and onnxruntime find a WebGPU adapter then,
 * where there is no GPU as well as where there is one. To be called before either of them asks for an adapter.
 */
export const useSwiftshader = async (): Promise<void> => useVulkan(await unpacked())
