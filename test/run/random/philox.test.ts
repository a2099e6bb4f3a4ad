import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileRandom } from '../../../scripts/compile-random.ts'
import { philoxModule } from '../../../src/run/random/philox.generated.ts'
import { createPhilox } from '../../../src/run/random/philox.ts'
import { lowerQuantile } from './normalQuantile.ts'
import { philox as oracle } from './philox.ts'

const philox = createPhilox()
const word = fc.nat({ max: 0xffffffff })

const blocks = (counter: readonly number[], key: readonly number[], count: number): readonly number[] => {
  const [c0 = 0, c1 = 0, c2 = 0, c3 = 0] = counter
  const [k0 = 0, k1 = 0] = key
  philox.bits(c0, c1, c2, c3, k0, k1, count)
  return [...philox.words.subarray(0, 4 * count)]
}

// Random123's known answers (kat_vectors, philox4x32 10).
const ones = 0xffffffff
const vectors = [
  { counter: [0, 0, 0, 0], key: [0, 0], block: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
  { counter: [ones, ones, ones, ones], key: [ones, ones], block: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd] },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    block: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
]

test.each(vectors)('published vector %#', ({ counter, key, block }) => {
  expect(oracle(counter, key)).toEqual(block)
  expect(blocks(counter, key, 1)).toEqual(block)
})

test('every block is the oracle at its counter, also where the low word carries', () => {
  const nearCarry = fc.integer({ min: 0xfffffff0, max: 0xffffffff })
  const counters = fc.tuple(fc.oneof(word, nearCarry), fc.oneof(word, nearCarry), word, word)
  fc.assert(
    fc.property(counters, fc.tuple(word, word), fc.integer({ min: 1, max: 20 }), ([c0, c1, c2, c3], key, count) => {
      const expected = Array.from({ length: count }, (_, i) => {
        const block = BigInt.asUintN(64, (BigInt(c1) << 32n) + BigInt(c0) + BigInt(i))
        return oracle([Number(block & 0xffffffffn), Number(block >> 32n), c2, c3], key)
      })
      expect(blocks([c0, c1, c2, c3], key, count)).toEqual(expected.flat())
    }),
  )
})

const transformed = (transform: (count: number) => void, words: readonly number[]): Float32Array => {
  philox.words.set(words)
  transform(words.length)
  return philox.floats.slice(0, words.length)
}

// Words at every scale: the tails matter as much as the middle.
const scaledWord = fc.tuple(word, fc.nat({ max: 31 })).map(([bits, shift]) => bits >>> shift)
const words = fc.array(
  fc.oneof(
    scaledWord,
    scaledWord.map((bits) => ~bits >>> 0),
  ),
  { minLength: 1, maxLength: 2000 },
)

test('uniform is the upper 24 bits over 2^24, exactly', () => {
  fc.assert(
    fc.property(words, (given) => {
      const expected = given.map((bits) => Math.floor(bits / 256) / 2 ** 24)
      expect([...transformed(philox.uniform, given)]).toEqual(expected)
    }),
  )
})

/** How far the normal of a word is from its quantile, and how far it may be, in units in the last place. */
const normalError = (bits: number, value: number) => {
  const p = (bits + 0.5) / 2 ** 32
  const exact = p < 0.5 ? lowerQuantile(p) : -lowerQuantile(1 - p)
  const lastPlace = 2 ** (Math.floor(Math.log2(Math.abs(exact))) - 23)
  return { error: Math.abs(value - exact) / lastPlace, most: Math.min(p, 1 - p) < 1 / 256 ? 0.7 : 4.5 }
}

const normalMisses = (given: readonly number[]) => {
  const values = transformed(philox.normal, given)
  return given.map((bits, i) => normalError(bits, values[i] ?? Number.NaN)).filter(({ error, most }) => !(error < most))
}

test('normal is the quantile of its word within 4.5 units in the last place, in the tails within 0.7', () => {
  fc.assert(
    fc.property(words, (given) => {
      expect(normalMisses(given)).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('also at both sides of where the tails begin, at the ends and about the median', () => {
  const near = [0, 2 ** 24, 2 ** 31, 2 ** 32 - 2 ** 24, 2 ** 32 - 1].flatMap((place) =>
    Array.from({ length: 200 }, (_, i) => place - 100 + i).filter((bits) => bits >= 0 && bits < 2 ** 32),
  )
  expect(normalMisses(near)).toEqual([])
})

test('a normal number does not depend on those beside it', () => {
  fc.assert(
    fc.property(words, (given) => {
      const alone = given.slice(0, 50).map((bits) => transformed(philox.normal, [bits])[0])
      expect([...transformed(philox.normal, given)].slice(0, 50)).toEqual(alone)
    }),
  )
})

test('larger words give larger normal numbers, but for 5 units in the last place', () => {
  fc.assert(
    fc.property(word, fc.nat({ max: 0xffff }), (low, distance) => {
      const [first = 0, second = 0] = transformed(philox.normal, [low, Math.min(low + distance, 0xffffffff)])
      expect(second).toBeGreaterThanOrEqual(first - 5 * 2 ** (Math.floor(Math.log2(Math.abs(first))) - 23))
    }),
    { numRuns: 2000 },
  )
})

test('normal is odd: the complement of a word yields the negative', () => {
  fc.assert(
    fc.property(words, (given) => {
      const complements = transformed(
        philox.normal,
        given.map((bits) => ~bits >>> 0),
      )
      expect(complements.map((value) => -value)).toEqual(transformed(philox.normal, given))
    }),
  )
})

test('the committed module is what its source compiles to, imports nothing and is small enough for a page', async () => {
  const compiled = await compileRandom()
  expect(Buffer.from(compiled).toString('base64')).toBe(philoxModule)
  expect(WebAssembly.Module.imports(new WebAssembly.Module(compiled.slice()))).toEqual([])
  expect(compiled.length).toBeLessThan(4096)
})
