import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openDataset } from '../../src/data/open.ts'
import { type Scale, scaled, unscaled } from '../../src/dsl/sources/scale.ts'
import { checkSource } from '../../src/dsl/sources/table.ts'
import { csv, npy } from '../../src/index.ts'
import { encodeNpy } from '../../src/io/formats/npy.ts'
import { inFolder, put, rightOf } from './files.ts'

const numbers = fc.double({ min: -1e6, max: 1e6, noNaN: true })
const pairs = fc
  .tuple(numbers, fc.double({ min: 1e-3, max: 1e6, noNaN: true }))
  .map(([a, width]): readonly [number, number] => [a, a + width])
const scales: fc.Arbitrary<Scale> = fc.record({
  from: fc.array(pairs, { minLength: 1, maxLength: 4 }),
  to: fc.constantFrom<readonly [number, number]>([-1, 1], [0, 1], [1, -1], [0, 255]),
})

describe('a scale', () => {
  test('brings the ends of each channel exactly to its own, and all between between', () => {
    fc.assert(
      fc.property(scales, fc.double({ min: 0, max: 1, noNaN: true }), (scale, share) => {
        const { from, to } = scale
        expect([
          ...scaled(
            scale,
            from.map(([a]) => a),
          ),
        ]).toEqual(from.map(() => to[0]))
        expect([
          ...scaled(
            scale,
            from.map(([, b]) => b),
          ),
        ]).toEqual(from.map(() => to[1]))
        for (const x of scaled(
          scale,
          from.map(([a, b]) => Math.min(b, a + share * (b - a))),
        )) {
          expect(x).toBeGreaterThanOrEqual(Math.min(...to))
          expect(x).toBeLessThanOrEqual(Math.max(...to))
        }
      }),
    )
  })

  test('has a way back, within what float32 rounds away of the range', () => {
    fc.assert(
      fc.property(scales, fc.double({ min: -1, max: 2, noNaN: true }), (scale, share) => {
        const values = scale.from.map(([a, b]) => a + share * (b - a))
        for (const [i, x] of unscaled(scale, scaled(scale, values)).entries()) {
          const [a, b] = scale.from[i] ?? [0, 1]
          expect(Math.abs(x - (values[i] ?? 0))).toBeLessThanOrEqual(4 * (b - a) * 2 ** -23 + 1e-9)
        }
      }),
    )
  })
})

const opened = async (folder: string, source: Parameters<typeof openDataset>[0]) => {
  const { fields, scale } = await rightOf(openDataset(source, folder))
  return { x: [...(fields.x?.values ?? [])], scale }
}

describe('a file of numbers', () => {
  test('is brought to a range, each column by its own least and greatest', () =>
    inFolder(async (folder) => {
      await put(folder, 'a.csv', 'a,b\n1,1700000001\n3,1700000000\n2,1700000004\n')
      const source = { type: 'csv', path: 'a.csv', shape: [2], columns: ['a', 'b'], range: [-1, 1] } as const
      const { x, scale } = await opened(folder, source)
      // In float32 the second column would be one number.
      expect(x).toEqual([-1, -0.5, 1, -1, 0, 1])
      expect(scale).toEqual({
        from: [
          [1, 3],
          [1700000000, 1700000004],
        ],
        to: [-1, 1],
      })
    }))

  test('is standardised, each channel to mean 0 and deviation 1', () =>
    inFolder(async (folder) => {
      const values = Float32Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? i * i : 1000 - i))
      await put(folder, 'a.npy', encodeNpy([10, 3, 2], values))
      const { x, scale } = await opened(folder, { type: 'npy', path: 'a.npy', shape: [3, 2], standardise: true })
      for (const channel of [0, 1]) {
        const own = x.filter((_, i) => i % 2 === channel)
        const mean = own.reduce((a, b) => a + b, 0) / own.length
        expect(mean).toBeCloseTo(0, 6)
        expect(own.reduce((a, b) => a + (b - mean) ** 2, 0) / own.length).toBeCloseTo(1, 6)
      }
      if (scale === undefined) throw new Error('no scale')
      for (const [i, value] of unscaled(scale, x).entries()) expect(value).toBeCloseTo(values[i] ?? Number.NaN, 3)
    }))

  test('of bytes has 0 and 255 as its ends, whatever occurs', () =>
    inFolder(async (folder) => {
      const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2), }".padEnd(117)
      await put(
        folder,
        'a.npy',
        Buffer.concat([
          Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'),
          Buffer.from(`${header}\n`),
          Buffer.from([51, 102, 51, 51]),
        ]),
      )
      const { x } = await opened(folder, { type: 'npy', path: 'a.npy', shape: [2], range: [0, 1] })
      expect(x).toEqual([0.2, 0.4, 0.2, 0.2].map(Math.fround))
    }))

  test('with a column that is constant has its one number at the lower end, and back', () =>
    inFolder(async (folder) => {
      await put(folder, 'a.csv', '7,1\n7,2\n')
      for (const [options, low] of [
        [{ range: [-1, 1] } as const, -1],
        [{ standardise: true } as const, 0],
      ] as const) {
        const { x, scale } = await opened(folder, { type: 'csv', path: 'a.csv', shape: [2], ...options })
        expect([x[0], x[2]]).toEqual([low, low])
        if (scale === undefined) throw new Error('no scale')
        expect(unscaled(scale, x)[0]).toBe(7)
      }
    }))
})

test('a range of one number, or a range and a standard, are refused', () => {
  expect(checkSource([], npy({ path: 'a', shape: [1], range: [1, 1] }))).toMatchObject([
    { expected: 'a range of two different numbers', found: '[1, 1]' },
  ])
  expect(checkSource([], csv({ path: 'a', columns: [0], range: [0, 1], standardise: true }))).toMatchObject([
    { expected: 'range or standardise', found: 'both' },
  ])
})
