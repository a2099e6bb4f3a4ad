import { expect, test } from 'vitest'
import { prepare } from '../../src/run/prepare.ts'
import { rightOf } from '../data/files.ts'
import { spoil } from '../reliability/numbers.ts'
import { smallRing } from '../run/ring.ts'

test.each(['onnx', 'reference'])(
  '%s: each tensor of a step spoiled in turn, by NaN and both infinities',
  async (backend) => {
    const prepared = await rightOf(prepare({ ...smallRing, steps: 8 }, { backend, threads: 1 }))
    const { nodes } = prepared.compiled.step
    let caught = 0
    for (const place of nodes.keys())
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
        if (await spoil(prepared, place, value)) caught++
    console.log(`${backend}: ${caught} of ${3 * nodes.length} ended the run, named; the others left nothing behind`)
    expect(caught).toBeGreaterThan(0)
  },
  30 * 60_000,
)
