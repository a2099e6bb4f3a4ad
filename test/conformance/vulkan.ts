import { join } from 'node:path'

/** koffi closes a library that nothing refers to any more. */
const kept = new Set<unknown>()

/** Makes this process's Vulkan that of a folder. */
export const useVulkan = async (folder: string): Promise<void> => {
  process.env.VK_ICD_FILENAMES = join(folder, 'vk_swiftshader_icd.json')
  const koffi = await import('koffi')
  // Dawn looks for libvulkan by its name alone, and finds one that the process has loaded.
  kept.add(koffi.load(join(folder, 'libvulkan.so.1')))
}
