import { join } from 'node:path'
import { unpacked } from './unpacked.ts'

/** koffi closes a library that nothing refers to any more. */
const kept = new Set<unknown>()

/**
 * Makes this process's Vulkan that of SwiftShader, which runs on the CPU: Dawn and onnxruntime find a WebGPU adapter then,
 * where there is no GPU as well as where there is one. To be called before either of them asks for an adapter.
 */
export const useSwiftshader = async (): Promise<void> => {
  const folder = await unpacked()
  process.env.VK_ICD_FILENAMES = join(folder, 'vk_swiftshader_icd.json')
  const koffi = await import('koffi')
  // Dawn looks for libvulkan by its name alone, and finds one that the process has loaded.
  kept.add(koffi.load(join(folder, 'libvulkan.so.1')))
}
