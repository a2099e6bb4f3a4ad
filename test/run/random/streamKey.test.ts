import fc from 'fast-check'
import { expect, test } from 'vitest'
import { streamKey } from '../../../src/run/random/streamKey.ts'

const textOf = (seed: number, stream: string): string => {
  const { low, high } = streamKey(seed, stream)
  return `${high.toString(16)}:${low.toString(16)}`
}

test('a key is two words that depend on seed and stream alone', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.string({ unit: 'grapheme' }), (seed, stream) => {
      const { low, high } = streamKey(seed, stream)
      expect([low >>> 0, high >>> 0]).toEqual([low, high])
      expect(streamKey(seed, stream)).toEqual({ low, high })
    }),
  )
})

test('short names and small seeds share no key', () => {
  const names = Array.from({ length: 500 }, (_, i) => `${i % 2 === 0 ? 'x' : 'dropout/'}${i}`)
  const keys = new Set(names.flatMap((name) => Array.from({ length: 500 }, (_, seed) => textOf(seed - 250, name))))
  expect(keys.size).toBe(250_000)
})

test('each bit of the seed and of the name changes half of the key', () => {
  const ones = (word: number): number => [...(word >>> 0).toString(2)].filter((digit) => digit === '1').length
  const distance = (a: readonly [number, string], b: readonly [number, string]): number => {
    const [left, right] = [streamKey(...a), streamKey(...b)]
    return ones(left.low ^ right.low) + ones(left.high ^ right.high)
  }
  const seeds = Array.from({ length: 2000 }, (_, seed) => seed)
  const mean = (distances: readonly number[]): number => distances.reduce((sum, d) => sum + d, 0) / distances.length
  expect(Math.abs(mean(seeds.map((seed) => distance([seed, 'x'], [seed + 1, 'x']))) - 32)).toBeLessThan(0.5)
  expect(Math.abs(mean(seeds.map((seed) => distance([seed, 'x'], [seed, 'y']))) - 32)).toBeLessThan(0.5)
})

test('keys are stable: a run made today continues tomorrow', () => {
  expect([textOf(0, ''), textOf(1, 'latent'), textOf(-1, 'größe')]).toMatchInlineSnapshot(`
    [
      "5b21f68f:fa77f14c",
      "e678fb62:79d9e33e",
      "7e9c0a99:ebd7535d",
    ]
  `)
})
