import { execFileSync } from 'node:child_process'
import { rm, symlink, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { showError } from '../../src/errors/failure.ts'
import { resumeRun } from '../../src/storage/resumeRun.ts'
import { sampleRun } from '../../src/storage/sampleRun.ts'
import { trainRun } from '../../src/storage/trainRun.ts'
import { inFolder, leftOf, put, rightOf } from '../data/files.ts'
import { smallRing } from '../run/ring.ts'

const game = { ...smallRing, steps: 4 }

const inRun = (test: (run: string, folder: string) => Promise<void>): Promise<void> =>
  inFolder(async (folder) => {
    const run = join(folder, 'run')
    await rightOf(trainRun(game, { out: run, saveEvery: 2, threads: 1 }))
    await test(run, folder)
  })

const files = ['run.json', 'spec.json', 'metrics.jsonl', join('checkpoints', 'step-00000004.safetensors')] as const

// Windows has neither pipes nor devices among its files.
test.skipIf(process.platform === 'win32').each(files)(
  '%s that is a pipe, a device or a folder is refused, not read',
  (name) =>
    inRun(async (run) => {
      const path = join(run, name)
      const refusal = async (): Promise<string> => showError(await leftOf(resumeRun(run, undefined)))
      await rm(path)
      execFileSync('mkfifo', [path])
      expect(await refusal()).toContain(`${path}: expected a regular file, found a device or a pipe`)
      await rm(path)
      await symlink('/dev/zero', path)
      expect(await refusal()).toContain(`${path}: expected a regular file, found a device or a pipe`)
      await rm(path)
      await symlink(run, path)
      expect(await refusal()).toContain(`${path}: expected a file, found a folder`)
    }),
)

test.each(files)('%s that is larger than any of its kind is refused, not read', (name) =>
  inRun(async (run) => {
    const path = join(run, name)
    await truncate(path, 2 ** 31)
    expect(showError(await leftOf(resumeRun(run, undefined)))).toMatch(/expected at most \d+ bytes, found 2147483648/)
  }),
)

test('control characters of a file do not come out in a message', () =>
  inRun(async (run) => {
    await put(run, 'run.json', '{"a\u001b[31m": \u009b1}')
    expect(
      showError(await leftOf(resumeRun(run, undefined)))
        .split('\n')
        .join(''),
    ).not.toMatch(/\p{Cc}/u)
    await put(run, 'run.json', JSON.stringify({ format: '\u009b31m', '\u001b]0;x': 1 }))
    expect(
      showError(await leftOf(sampleRun(run)))
        .split('\n')
        .join(''),
    ).not.toMatch(/\p{Cc}/u)
  }))
