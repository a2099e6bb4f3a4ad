import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type * as Onnx from 'onnxruntime-node'
import * as E from '#fp-ts/Either'
import type { BackendError } from '../../errors/backendError.ts'
import { librariesHome } from '../libraries/home.ts'
import { onnxruntime, onnxruntimeFolder } from '../libraries/onnxruntime.ts'

/** An installed onnxruntime-node. */
interface Found {
  readonly open: () => Promise<typeof Onnx>
  /** The command that installs it again. */
  readonly again: string
}

const isInProject = (): boolean => {
  try {
    createRequire(import.meta.url).resolve('onnxruntime-node')
    return true
  } catch {
    return false
  }
}

/** Finds the one of the user's project, else the one that `saddle backends install onnx` installed. */
export const findLibrary = (backend: string, home: string = librariesHome()): E.Either<BackendError, Found> => {
  if (isInProject())
    return E.right({
      open: () => import('onnxruntime-node'),
      again: 'npm install --ignore-scripts onnxruntime-node',
    })
  const folder = onnxruntimeFolder(home)
  const hint = 'saddle backends install onnx'
  return existsSync(folder)
    ? E.right({
        open: async () => createRequire(join(folder, 'package.json'))('onnxruntime-node'),
        again: `saddle backends remove onnx && ${hint}`,
      })
    : E.left({ type: 'BackendError', backend, message: `${onnxruntime.package} is not installed`, hint })
}
