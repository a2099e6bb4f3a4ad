import { expect, test } from 'vitest'
import { explain } from '../../src/io/fileError.ts'

test.each([
  ['ENOSPC', 'the disk is full, or the quota is used up', 'Free space, then resume.'],
  ['EDQUOT', 'the disk is full, or the quota is used up', 'Free space, then resume.'],
  ['EACCES', 'this user has no permission', 'Change its permissions, or those of its folder.'],
  ['EEXIST', 'runs/1 is a file, not a folder', 'Choose another folder.'],
  ['EPERM', 'this user has no permission', 'Change its permissions, or those of its folder.'],
  ['EROFS', 'the file system is read-only', 'Choose a folder on a writable disk.'],
  ['ENOENT', 'the folder runs/1 does not exist', 'Create it, or correct the path.'],
  ['EISDIR', 'expected a file, found a folder', 'Choose another name, or remove the folder.'],
  ['ENOTDIR', 'a part of runs/1 is a file, not a folder', 'Correct the path.'],
])('%s in words', (code, message, hint) => {
  const cause = Object.assign(new Error(code), { code })
  expect(explain('runs/1/file')(cause)).toEqual({
    type: 'FileError',
    place: { type: 'file', path: 'runs/1/file' },
    message,
    hint,
  })
})

test.each([
  [Object.assign(new Error('i/o error'), { code: 'EIO' }), 'Error: i/o error'],
  ['odd', 'odd'],
  [undefined, 'undefined'],
])('%s as it is', (cause, message) => {
  expect(explain('file')(cause).message).toBe(message)
})
