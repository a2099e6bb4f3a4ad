import { rmSync } from 'node:fs'
import { describe, test } from 'vitest'
import { canMount, fill, lock, spoilFolder } from '../reliability/disk.ts'

const steps = Array.from({ length: 12 }, (_, i) => 1 + 5 * i)

// Only root may mount the small disk that is filled, locked and taken away here.
describe.skipIf(!canMount())('a disk', () => {
  const sizes = Array.from({ length: 24 }, (_, i) => 12 + 12 * i)
  test.each(sizes)('of %i KiB that gets full', fill, 60_000)
  test.each(steps)('that becomes read-only at step %i', lock, 60_000)
})

test.each(steps)('a folder that is removed at step %i', (step) =>
  spoilFolder(step, (out) => rmSync(out, { recursive: true }), /does not exist/),
)
