import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'vitest'
import { canMount, fill, lock, spoilFolder } from './disk.ts'

// Only root may mount such a disk.
describe.skipIf(!canMount())('a small disk', () => {
  test('that gets full: the run stops, says so, and goes on once there is room', () => fill(200))
  test('that becomes read-only: the same', () => lock(20))
})

// Only Linux has /dev/full.
test.skipIf(process.platform !== 'linux')('a log that takes nothing more stops a run', () =>
  spoilFolder(
    20,
    (out) => {
      rmSync(join(out, 'metrics.jsonl'), { force: true })
      symlinkSync('/dev/full', join(out, 'metrics.jsonl'))
    },
    /the disk is full/,
  ),
)

test('a folder that is removed in the middle stops a run, which claims no checkpoint', () =>
  spoilFolder(20, (out) => rmSync(out, { recursive: true }), /does not exist/))
