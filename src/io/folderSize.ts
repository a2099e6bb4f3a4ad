import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const sizeOf = async (path: string): Promise<number> => {
  try {
    const found = await stat(path)
    return found.isFile() ? found.size : 0
  } catch {
    // Another process removed it after it was listed.
    return 0
  }
}

/** The bytes of all files in a folder and below. 0 if there is no folder. Other processes may change it meanwhile. */
export const folderSize = async (folder: string): Promise<number> => {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const sizes = await Promise.all(names.map((name) => sizeOf(join(folder, name))))
  return sizes.reduce((sum, size) => sum + size, 0)
}
