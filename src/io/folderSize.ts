import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const sizeOf = async (path: string): Promise<number> => {
  try {
    const found = await stat(path)
    return found.isFile() ? found.size : 0
  } catch {
    // Somebody else removed it since it was listed.
    return 0
  }
}

/** Bytes of all files below a folder that others may be writing to; none where it is not there. */
export const folderSize = async (folder: string): Promise<number> => {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const sizes = await Promise.all(names.map((name) => sizeOf(join(folder, name))))
  return sizes.reduce((sum, size) => sum + size, 0)
}
