import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeSafetensors } from '../../src/io/formats/safetensors.ts'
import { checkpointName, decodeCheckpoint, encodeCheckpoint, stepOfName } from '../../src/storage/checkpoint.ts'
import type { Checkpoint } from '../../src/storage/checkpointBytes.ts'
import { left, right } from '../data/files.ts'

const values = fc.float32Array({ noNaN: true, maxLength: 6 })
const checkpoints: fc.Arbitrary<Checkpoint> = fc.record({
  step: fc.nat(),
  spec: fc.string(),
  state: fc.dictionary(
    fc.string({ minLength: 1 }).filter((name) => name !== '__metadata__'),
    values.map((numbers) => ({ shape: [numbers.length], values: numbers })),
    { noNullPrototype: true },
  ),
})

const small: Checkpoint = {
  step: 7,
  spec: 'ab12',
  state: { w: { shape: [2], values: Float32Array.of(0.5, -3) }, b: { shape: [], values: Float32Array.of(1e-30) } },
}

test('what is written is read back, and equal checkpoints are equal files', () => {
  fc.assert(
    fc.property(checkpoints, (checkpoint) => {
      const bytes = encodeCheckpoint(checkpoint)
      expect(right(decodeCheckpoint(bytes))).toEqual(checkpoint)
      expect(encodeCheckpoint({ ...checkpoint })).toEqual(bytes)
    }),
  )
})

test('a change of any byte is seen', () => {
  const bytes = encodeCheckpoint(small)
  for (let place = 0; place < bytes.length; place++)
    for (let bit = 0; bit < 8; bit++) {
      const changed = bytes.slice()
      changed[place] = (bytes[place] ?? 0) ^ (1 << bit)
      expect(decodeCheckpoint(changed)._tag, `byte ${place}, bit ${bit}`).toBe('Left')
    }
})

test('a file cut anywhere is seen', () => {
  const bytes = encodeCheckpoint(small)
  for (let length = 0; length < bytes.length; length++)
    expect(left(decodeCheckpoint(bytes.subarray(0, length))).message).toMatch(/^it is damaged: /)
})

test('another format is named', () => {
  const metadata = { format: 'saddlepoint 2', step: '7', spec: 'ab12', sha256: '00' }
  expect(left(decodeCheckpoint(encodeSafetensors({ tensors: small.state, metadata }))).message).toBe(
    "its format is 'saddlepoint 2', and this version reads 'saddlepoint 1'",
  )
})

test('names and steps belong together, and no other file is taken for a checkpoint', () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 31 }), fc.string(), (step, name) => {
      expect(stepOfName(checkpointName(step))).toBe(step)
      expect(stepOfName(name)).toBe(undefined)
    }),
  )
  expect(stepOfName(checkpointName(200_000_000_000))).toBe(200_000_000_000)
  for (const name of ['step-1.safetensors', 'step-00000001.safetensors.tmp', '.step-00000001.safetensors'])
    expect(stepOfName(name)).toBe(undefined)
})
