import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../src/run/random/random.ts'
import { type StreamKey, streamKey } from '../../../src/run/random/streamKey.ts'
import { lowerQuantile } from './normalQuantile.ts'
import { philox } from './philox.ts'

const random = createRandom()
type Kind = 'uniform' | 'normal'
const kinds: readonly Kind[] = ['uniform', 'normal']

const draw = (kind: Kind, key: StreamKey, step: number, first: number, length: number): Float32Array => {
  const out = new Float32Array(length)
  random[kind](key, step, first, out)
  return out
}

const bits = (key: StreamKey, step: number, first: number, length: number): Uint32Array => {
  const out = new Uint32Array(length)
  random.bits(key, step, first, out)
  return out
}

const keys = fc.tuple(fc.maxSafeInteger(), fc.string()).map(([seed, stream]) => streamKey(seed, stream))
const counters = fc.oneof(
  fc.nat({ max: 100 }),
  fc.maxSafeNat().map((n) => Math.floor(n / 2)),
  fc.nat({ max: 40 }).map((n) => 2 ** 34 - n),
)

test('an element is the word of Philox that its seed, stream, step and index name', () => {
  fc.assert(
    fc.property(keys, counters, counters, (key, step, index) => {
      const block = Math.floor(index / 4)
      const counter = [block % 2 ** 32, Math.floor(block / 2 ** 32), step % 2 ** 32, Math.floor(step / 2 ** 32)]
      expect(bits(key, step, index, 1)[0]).toBe(philox(counter, [key.low, key.high])[index % 4])
    }),
  )
})

test('any split of a range yields the same numbers', () => {
  const lengths = fc.array(fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 9000 })), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(fc.constantFrom(...kinds), keys, counters, counters, lengths, (kind, key, step, first, pieces) => {
      const total = pieces.reduce((sum, length) => sum + length, 0)
      const whole = draw(kind, key, step, first, total)
      pieces.reduce((done, length) => {
        expect(draw(kind, key, step, first + done, length)).toEqual(whole.subarray(done, done + length))
        return done + length
      }, 0)
    }),
    { numRuns: 50 },
  )
})

test('uniform and normal are transforms of the same words, and independent of what was drawn before', () => {
  const key = streamKey(3, 'latent')
  const words = bits(key, 5, 7, 1000)
  draw('normal', streamKey(4, 'other'), 1, 0, 10_000)
  const again = new Float32Array(1000)
  createRandom().uniform(key, 5, 7, again)
  expect([...again]).toEqual([...words].map((word) => Math.floor(word / 256) / 2 ** 24))
  expect(draw('uniform', key, 5, 7, 1000)).toEqual(again)
})

test('numbers are stable: the same on every machine, and a run made today continues tomorrow', () => {
  const values = draw('normal', streamKey(1, 'latent'), 2 ** 40, 2 ** 33 + 1, 4)
  expect([...new Uint32Array(values.buffer)].map((word) => word.toString(16))).toMatchInlineSnapshot(`
    [
      "be8dd742",
      "bf528296",
      "3eede19e",
      "3eba06bd",
    ]
  `)
})

test('a counter that is no safe integer from 0 is a broken invariant', () => {
  const key = streamKey(1, 'latent')
  for (const wrong of [-1, 0.5, Number.NaN, 2 ** 53]) {
    expect(() => draw('uniform', key, wrong, 0, 1)).toThrow(RangeError)
    expect(() => draw('uniform', key, 0, wrong, 1)).toThrow(RangeError)
  }
})

// What follows is deterministic: thresholds that a right generator passes at these seeds, and all but 1 in 1000 others.

const many = 2 ** 18
const sample = (kind: Kind): Float32Array => draw(kind, streamKey(1, 'latent'), 0, 0, many)
const mean = (values: Iterable<number>): number => {
  const list = [...values]
  return list.reduce((sum, x) => sum + x, 0) / list.length
}

test.each([
  ['uniform', 0.5, 1 / 12, 0, 1.8],
  ['normal', 0, 1, 0, 3],
] as const)('moments of %s', (kind, centre, variance, skewness, kurtosis) => {
  const scaled = sample(kind).map((x) => (x - centre) / Math.sqrt(variance))
  const moment = (power: number): number => mean(scaled.map((x) => x ** power))
  const standardErrors = 4 / Math.sqrt(many)
  expect(Math.abs(moment(1))).toBeLessThan(standardErrors)
  expect(Math.abs(moment(2) - 1)).toBeLessThan(standardErrors * Math.sqrt(kurtosis - 1))
  expect(Math.abs(moment(3) - skewness)).toBeLessThan(standardErrors * Math.sqrt(15))
  expect(Math.abs(moment(4) - kurtosis)).toBeLessThan(standardErrors * Math.sqrt(96))
})

const quantiles: { readonly [K in Kind]: (p: number) => number } = {
  uniform: (p) => Math.min(1, Math.max(0, p)),
  normal: (p) => {
    if (p <= 0) return Number.NEGATIVE_INFINITY
    if (p >= 1) return Number.POSITIVE_INFINITY
    return p < 0.5 ? lowerQuantile(p) : -lowerQuantile(1 - p)
  },
}

test.each(kinds)('%s passes Kolmogorov-Smirnov at the level 0.001', (kind) => {
  const width = 1.95 / Math.sqrt(many)
  const outside = sample(kind)
    .sort()
    .filter((x, i) => x < quantiles[kind]((i + 1) / many - width) || x > quantiles[kind](i / many + width))
  expect(outside).toHaveLength(0)
})

test('neighbouring elements, steps, seeds and streams are uncorrelated', () => {
  const at = (seed: number, stream: string, step: number, first: number) =>
    draw('normal', streamKey(seed, stream), step, first, many)
  const base = at(1, 'latent', 0, 0)
  const neighbours = [
    ...[1, 2, 3, 4, 8].map((lag) => at(1, 'latent', 0, lag)),
    ...[1, 2, 2 ** 32].map((step) => at(1, 'latent', step, 0)),
    ...[0, 2, -1, 1 + 2 ** 32].map((seed) => at(seed, 'latent', 0, 0)),
    ...['latent2', 'latenu', 'Latent', ''].map((stream) => at(1, stream, 0, 0)),
  ]
  for (const other of neighbours) {
    expect(Math.abs(mean(base.map((x, i) => x * (other[i] ?? 0))))).toBeLessThan(4 / Math.sqrt(many))
    expect(Math.abs(mean(base.map((x, i) => (x * x - 1) * ((other[i] ?? 0) ** 2 - 1))))).toBeLessThan(
      8 / Math.sqrt(many),
    )
  }
})

test('the speed of a training step', () => {
  const key = streamKey(1, 'latent')
  const out = new Float32Array(8192)
  const timeOf = (step: number): number => {
    const start = performance.now()
    random.normal(key, step, 0, out)
    return performance.now() - start
  }
  const times = Array.from({ length: 3000 }, (_, step) => timeOf(step)).sort((a, b) => a - b)
  const [fastest = 0] = times
  const median = times[1500] ?? 0
  console.log(`8192 normals: fastest ${(fastest * 1000).toFixed(0)} us, median ${(median * 1000).toFixed(0)} us`)
  expect(median).toBeLessThan(5)
})
