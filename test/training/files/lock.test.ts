import { spawn } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as TE from '#fp-ts/TaskEither'
import { lockName, withLock } from '../../../src/training/files/lock.ts'
import { inFolder, leftOf, put, rightOf } from '../../data/files.ts'

const later = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

test('of many that want a folder one has it, and none is left with a lock', () =>
  inFolder(async (folder) => {
    let at = 0
    const body = TE.fromTask(async () => {
      at++
      await later(500)
      return at
    })
    const results = await Promise.all(Array.from({ length: 8 }, () => withLock(folder, body)()))
    expect(results.filter(({ _tag }) => _tag === 'Right')).toEqual([{ _tag: 'Right', right: 1 }])
    expect(await readdir(folder)).toEqual([])
    expect(await rightOf(withLock(folder, TE.of('again')))).toBe('again')
  }))

test('it is given back after an error and after a throw', () =>
  inFolder(async (folder) => {
    expect(await leftOf(withLock(folder, TE.left('no')))).toBe('no')
    const thrown = TE.fromTask(() => Promise.reject(new Error('ours')))
    await withLock(folder, thrown)().catch(() => undefined)
    expect(await readdir(folder)).toEqual([])
  }))

test('a process that is gone, another one of its number, and a torn lock are no hindrance', () =>
  inFolder(async (folder) => {
    const child = spawn(process.execPath, ['-e', ''])
    await new Promise((resolve) => child.on('close', resolve))
    const host = hostname()
    const stale = [
      JSON.stringify({ host, pid: child.pid, started: '1' }),
      ...(process.platform === 'linux' ? [JSON.stringify({ host, pid: process.pid, started: '1' })] : []),
      '',
      '{"host":',
      '{"pid":-1}',
      '[]',
    ]
    for (const content of stale) {
      await put(folder, lockName, content)
      expect(await rightOf(withLock(folder, TE.of('mine'))), content).toBe('mine')
      expect(await readdir(folder)).toEqual([])
    }
  }))

test('whoever else is at work is named, and so is what to do', () =>
  inFolder(async (folder) => {
    const content = JSON.stringify({ host: 'elsewhere', pid: 12, started: '' })
    await writeFile(join(folder, lockName), content)
    expect(await leftOf(withLock(folder, TE.of('mine')))).toMatchObject({
      type: 'RunError',
      message: 'process 12 on elsewhere is at work in it',
      hint: `Wait until it ends, or stop it. If it is not at work there, remove ${join(folder, lockName)}.`,
    })
    expect(await readFile(join(folder, lockName), 'utf8')).toBe(content)
    expect(await leftOf(withLock(join(folder, 'none'), TE.of('mine')))).toMatchObject({ type: 'FileError' })
  }))
