import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readLog } from '../../src/io/jsonl.ts'
import { lockName } from '../../src/io/lockFolder.ts'
import { resumeRun } from '../../src/storage/resumeRun.ts'
import { readSpec } from '../../src/storage/specFile.ts'
import { start } from '../cli/saddle.ts'
import { ringSource } from '../cli/specs.ts'
import { inFolder, leftOf, put, rightOf } from '../data/files.ts'
import { contents } from './contents.ts'

const steps = 100_000

// Windows stops no processes.
test.skipIf(process.platform === 'win32')(
  'a training that is stopped, superseded and continued ends with a reason, and the run is as the other left it',
  () =>
    inFolder(async (folder) => {
      await put(folder, 'ring.ts', ringSource)
      const out = join(folder, 'run')
      const args = ['--steps', `${steps}`, '--save-every', '20', '--threads', '1', '--json', '--no-summary']
      const first = start(folder, ['train', 'ring.ts', '--out', 'run', ...args])
      await first.says('"type":"checkpoint","step":40')
      first.send('SIGSTOP')
      expect(await leftOf(resumeRun(out, undefined))).toMatchObject({
        type: 'RunError',
        message: expect.stringContaining('is using it'),
      })
      await rm(join(out, lockName), { recursive: true })
      const controller = new AbortController()
      const { step } = await rightOf(
        resumeRun(out, await rightOf(readSpec(join(out, 'spec.json'))), {
          baseDirectory: folder,
          signal: controller.signal,
          onEvent: (event) => {
            if (event.type === 'checkpoint') controller.abort()
          },
        }),
      )
      const before = await contents(out)
      first.send('SIGCONT')
      const { code, err } = await first.ended
      expect(code, err).toBe(1)
      expect(err).toContain(`the lock of this run, ${join('run', lockName)}, was removed`)
      expect(err).toContain(`The last good checkpoint, of step ${step}, is `)
      expect(await contents(out)).toEqual(before)
      const log = await rightOf(readLog(join(out, 'metrics.jsonl')))
      expect(new Set(log.map((line) => line.step)).size).toBe(log.length)
    }),
)
