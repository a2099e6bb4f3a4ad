import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withLock } from '../../src/io/lock.ts'
import { checkpointSteps, removeCheckpoints } from '../../src/storage/checkpointFolder.ts'
import { createNamedRun, createRun, latestRun, runPaths } from '../../src/storage/runFolder.ts'
import { inFolder, leftOf, put, rightOf } from '../data/files.ts'

test('runs of one name never share a folder, also when they start at once', () =>
  inFolder(async (folder) => {
    const parent = join(folder, 'new', 'runs')
    const runs = await Promise.all(Array.from({ length: 5 }, () => rightOf(createNamedRun(parent, 'ring'))))
    const names = ['ring', 'ring-2', 'ring-3', 'ring-4', 'ring-5']
    expect(runs.map(({ folder: run }) => run).sort()).toEqual(names.map((name) => join(parent, name)))
    expect((await readdir(parent)).sort()).toEqual(names)
  }))

test('the newest run of a name is the one with the greatest number', () =>
  inFolder(async (folder) => {
    expect(await leftOf(latestRun(folder, 'ring'))).toMatchObject({ message: 'there is no run to resume' })
    for (const name of ['ring', 'ring-2', 'ring-10', 'ring-x', 'ring-02', 'rings-30', 'other-99'])
      await mkdir(join(folder, name))
    expect(await rightOf(latestRun(folder, 'ring'))).toBe(join(folder, 'ring-10'))
    expect(await leftOf(latestRun(join(folder, 'absent'), 'ring'))).toMatchObject({
      hint: 'Give its folder with --out.',
    })
  }))

test('a folder with anything in it is refused, and left as it was', () =>
  inFolder(async (folder) => {
    await put(folder, 'notes.txt', 'mine')
    expect(await leftOf(createRun(folder))).toMatchObject({
      message: 'expected a new or an empty folder, found one with files in it',
      hint: 'Choose another folder.',
    })
    expect(await readdir(folder)).toEqual(['notes.txt'])
    await put(folder, 'run.json', '{}')
    expect(await leftOf(createRun(folder))).toMatchObject({
      hint: 'Add --resume to continue that run, or choose another folder.',
    })
    expect((await rightOf(createRun(join(folder, 'a', 'b')))).checkpoints).toBe(join(folder, 'a', 'b', 'checkpoints'))
  }))

test('a folder that can not be made is an error', () =>
  inFolder(async (folder) => {
    const file = await put(folder, 'file', '')
    expect(await leftOf(createRun(join(file, 'run')))).toMatchObject({ type: 'FileError' })
    expect(await leftOf(createRun(file))).toMatchObject({ type: 'FileError' })
    expect(await leftOf(createNamedRun(file, 'ring'))).toMatchObject({ type: 'FileError' })
    expect(await leftOf(createRun('/proc/none/run'))).toMatchObject({ type: 'FileError' })
  }))

// Root may write everywhere.
test.skipIf(process.getuid?.() === 0)('nor one where nothing may be written', () =>
  inFolder(async (folder) => {
    await chmod(folder, 0o500)
    expect(await leftOf(createRun(join(folder, 'run')))).toMatchObject({ message: 'this user has no permission' })
    await chmod(folder, 0o700)
  }),
)

test('only checkpoints that are not wanted are removed', () =>
  inFolder(async (folder) => {
    const paths = runPaths(folder)
    await mkdir(paths.checkpoints)
    for (const name of [
      'step-00000010.safetensors',
      'step-00000020.safetensors',
      'step-00000030.safetensors',
      'best.safetensors',
    ])
      await writeFile(join(paths.checkpoints, name), '')
    expect(await rightOf(checkpointSteps(paths))).toEqual([30, 20, 10])
    await rightOf(withLock(folder, (hold) => removeCheckpoints(paths, (step) => step < 20, hold)))
    expect(await rightOf(checkpointSteps(paths))).toEqual([30, 20])
    expect(await readdir(paths.checkpoints)).toContain('best.safetensors')
  }))
