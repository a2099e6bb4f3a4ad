import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorCode } from './errorCode.ts'

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

/** Another process may make it at the same time. */
const makeOne = async (path: string): Promise<void> => {
  try {
    await mkdir(path)
  } catch (cause) {
    if (errorCode(cause) !== 'EEXIST' || !(await isFolder(path))) throw cause
  }
}

/** Makes a folder and its parents, if absent. Node's recursive mkdir never returns for paths in `/proc`. */
export const makeFolder = async (path: string): Promise<void> => {
  try {
    await makeOne(path)
  } catch (cause) {
    const parent = dirname(path)
    if (errorCode(cause) !== 'ENOENT' || parent === path || (await isFolder(parent))) throw cause
    await makeFolder(parent)
    await makeOne(path)
  }
}
