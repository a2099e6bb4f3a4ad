import { dirname } from 'node:path'
import { type FileError, fileError } from '../errors/fileError.ts'
import { errorCode } from './errorCode.ts'

/** Explains an error of the file system at a path. */
export const explain =
  (path: string) =>
  (cause: unknown): FileError => {
    switch (errorCode(cause)) {
      case 'ENOSPC':
      case 'EDQUOT':
        return fileError(path, 'the disk is full, or the quota is used up', 'Free space, then resume.')
      case 'EACCES':
      case 'EPERM':
        return fileError(path, 'this user has no permission', 'Change its permissions, or those of its folder.')
      case 'EROFS':
        return fileError(path, 'the file system is read-only', 'Choose a folder on a writable disk.')
      case 'ENOENT':
        return fileError(path, `the folder ${dirname(path)} does not exist`, 'Create it, or correct the path.')
      case 'EISDIR':
        return fileError(path, 'expected a file, found a folder', 'Choose another name, or remove the folder.')
      case 'EEXIST':
        return fileError(path, `${dirname(path)} is a file, not a folder`, 'Choose another folder.')
      case 'ENOTDIR':
        return fileError(path, `a part of ${dirname(path)} is a file, not a folder`, 'Correct the path.')
      default:
        return fileError(path, String(cause), 'Check the disk and the path, then try again.')
    }
  }
