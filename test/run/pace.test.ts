import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBuilder } from '../../src/ir/builder.ts'
import { type Chunk, mostSteps, nextChunk } from '../../src/run/pace.ts'

/** Plays chunks on a machine whose step takes so long, after a slow first one. */
const chunks = (secondsPerStep: number, most: number, first: number): readonly Chunk[] => {
  const played: Chunk[] = []
  for (let i = 0; i < 20; i++) {
    const planned = nextChunk(played.at(-1), most)
    played.push({ planned, steps: planned, seconds: planned * secondsPerStep + (i === 0 ? first : 0) })
  }
  return played
}

test('chunks end within 0.2 s, or have one step', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-7, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 5, noNaN: true }),
      (pace, first) => {
        for (const { steps, seconds } of chunks(pace, 1e9, first).slice(1))
          expect(steps === 1 || seconds <= 0.2).toBe(true)
      },
    ),
  )
})

test('chunks become as long as they may: half a tenth of a second at least', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 0.05, noNaN: true }), (pace) => {
      expect(chunks(pace, 1e9, 1).at(-1)?.seconds).toBeGreaterThan(0.05)
    }),
  )
})

test('no chunk has more steps than fit the memory', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), (most) => {
      for (const { steps } of chunks(1e-6, most, 0)) expect(steps).toBeLessThanOrEqual(most)
    }),
  )
})

test('a chunk that was cut short does not slow down the next one', () => {
  expect(nextChunk({ planned: 100, steps: 3, seconds: 0.003 }, 1e9)).toBeGreaterThan(100)
})

test('draws of one chunk take at most 64 MiB', () => {
  const p = createBuilder()
  const draw = p.draw('x', { shape: [2 ** 20], origin: { type: 'given' } })
  expect(mostSteps(p.program({ writes: {}, metrics: { draw } }))).toBe(16)
  const huge = createBuilder()
  const all = huge.draw('x', { shape: [2 ** 28], origin: { type: 'given' } })
  expect(mostSteps(huge.program({ writes: {}, metrics: { all } }))).toBe(1)
})
