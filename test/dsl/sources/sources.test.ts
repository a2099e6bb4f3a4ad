import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csv } from '../../../src/dsl/sources/csv.ts'
import { discrete } from '../../../src/dsl/sources/discrete.ts'
import { gaussian } from '../../../src/dsl/sources/gaussian.ts'
import { grid } from '../../../src/dsl/sources/grid.ts'
import { idx } from '../../../src/dsl/sources/idx.ts'
import { mixture } from '../../../src/dsl/sources/mixture.ts'
import { moons } from '../../../src/dsl/sources/moons.ts'
import { normal } from '../../../src/dsl/sources/normal.ts'
import { ring } from '../../../src/dsl/sources/ring.ts'
import type { Batch, SourceRandom } from '../../../src/dsl/sources/source.ts'
import { spiral } from '../../../src/dsl/sources/spiral.ts'
import { checkSource, fieldsOf, isOneHot, type SourceData, sourceKind } from '../../../src/dsl/sources/table.ts'
import { tensor } from '../../../src/dsl/sources/tensor.ts'
import { uniform } from '../../../src/dsl/sources/uniform.ts'
import { showSpecError } from '../../../src/errors/specError.ts'
import { size } from '../../../src/ir/program.ts'
import { createRandom } from '../../../src/run/random/random.ts'
import { type StreamKey, streamKey } from '../../../src/run/random/streamKey.ts'
import { generator } from '../../laws/generator.ts'
import { sources, sourcesByType } from '../../laws/sources.ts'

/** Values that are not written are found: they stay no numbers. */
const emptyBatch = (source: SourceData, count: number): Batch =>
  Object.fromEntries(
    Object.entries(fieldsOf(source)).map(([field, shape]) => [
      field,
      new Float32Array(count * size(shape)).fill(Number.NaN),
    ]),
  )

const batchOf = (source: SourceData, count: number, seed = 1): Batch => {
  const { uniform, normal } = generator(seed)
  const random: SourceRandom = {
    uniform: (out) => out.set(uniform(out.length)),
    normal: (out) => out.set(normal(out.length)),
  }
  const { supply } = sourceKind.definitionOf(source)
  if (supply.type === 'memory') return supply.rows(source).fields
  if (supply.type === 'file') return {}
  const out = emptyBatch(source, count)
  supply.generate(source)(count, random, out)
  return out
}

/** Every call has numbers of its own, number i of which is the same however many there are. */
const byCounter = (): SourceRandom => {
  let calls = 0
  const next = (): StreamKey => streamKey(calls++, 'source')
  return {
    uniform: (out) => numbers.uniform(next(), 0, 0, out),
    normal: (out) => numbers.normal(next(), 0, 0, out),
  }
}
const numbers = createRandom()

const density = (source: SourceData): ((x: readonly number[]) => number) => {
  const { logDensity } = sourceKind.definitionOf(source)
  if (logDensity === undefined) throw new Error(`${source.type} has no density`)
  const log = logDensity(source)
  return (x) => Math.exp(log(x))
}

/** The probability of each cell of a square grid of cells over [-4, 4]^2 or [-4, 4], by the midpoint rule. */
const cells = 16
const fine = 12
const cellProbabilities = (p: (x: readonly number[]) => number, axes: 1 | 2): readonly number[] => {
  const step = 8 / cells / fine
  const sums = new Array<number>(cells ** axes).fill(0)
  for (let i = 0; i < (cells * fine) ** axes; i++) {
    const place = [i % (cells * fine), Math.floor(i / (cells * fine))].slice(0, axes)
    const cell = place.map((at) => Math.floor(at / fine)).reduce((sum, at, axis) => sum + at * cells ** axis, 0)
    sums[cell] = (sums[cell] ?? 0) + p(place.map((at) => -4 + (at + 0.5) * step)) * step ** axes
  }
  return sums
}

const cellCounts = (x: Float32Array, axes: 1 | 2): readonly number[] => {
  const counts = new Array<number>(cells ** axes).fill(0)
  for (let i = 0; i < x.length; i += axes) {
    const place = Array.from(x.subarray(i, i + axes), (at) => Math.floor(((at + 4) / 8) * cells))
    if (place.some((at) => at < 0 || at >= cells)) continue
    const cell = place.reduce((sum, at, axis) => sum + at * cells ** axis, 0)
    counts[cell] = (counts[cell] ?? 0) + 1
  }
  return counts
}

/** What a chi-square statistic exceeds once in a million (Wilson and Hilferty 1931). */
const chiSquareBound = (degrees: number): number => {
  const variance = 2 / (9 * degrees)
  return degrees * (1 - variance + 4.75 * Math.sqrt(variance)) ** 3
}

const withDensity: readonly (readonly [string, SourceData, 1 | 2])[] = [
  ['normal', normal([2]), 2],
  ['uniform', uniform([2]), 2],
  ['uniform off the middle', uniform([1], { low: 0.5, high: 3 }), 1],
  ['gaussian on the line', gaussian({ mean: -1, std: 0.5 }), 1],
  ['gaussian', gaussian({ mean: [1, -1], std: [0.3, 0.8] }), 2],
  ['mixture', mixture({ means: [[-2], [1]], std: [0.3, 0.6], weights: [3, 1] }), 1],
  ['ring', ring({ modes: 8, radius: 2, std: 0.2 }), 2],
  ['grid', grid({ side: 3, spacing: 2, std: 0.25 }), 2],
]

describe.each(withDensity)('the density of %s', (_, source, axes) => {
  const expected = cellProbabilities(density(source), axes)

  it('integrates to 1', () => {
    expect(expected.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 3)
  })

  it('is that of the samples, by a chi-square test', () => {
    const count = 40_000
    const found = cellCounts(batchOf(source, count).x ?? new Float32Array(), axes)
    const used = expected.flatMap((p, cell) => (p * count >= 10 ? [{ p, n: found[cell] ?? 0 }] : []))
    const statistic = used.reduce((sum, { p, n }) => sum + (n - p * count) ** 2 / (p * count), 0)
    expect(statistic).toBeLessThan(chiSquareBound(used.length))
    expect(used.length).toBeGreaterThan(4)
  })
})

describe('every source', () => {
  it('yields its fields, in their shapes, finite', () => {
    fc.assert(
      fc.property(sources, (source) => {
        const { supply } = sourceKind.definitionOf(source)
        const count = supply.type === 'memory' ? supply.rows(source).count : 5
        const batch = batchOf(source, count)
        if (supply.type === 'file') return
        const fields = fieldsOf(source)
        expect(Object.keys(batch).sort()).toEqual(Object.keys(fields).sort())
        for (const [field, shape] of Object.entries(fields)) expect(batch[field]?.length).toBe(count * size(shape))
        for (const values of Object.values(batch)) expect(values.every((x) => !Number.isNaN(x))).toBe(true)
      }),
    )
  })

  it('made ready once, makes batches of any size; fewer samples are the first of more', () => {
    fc.assert(
      fc.property(sources, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (source, counts) => {
        const { supply } = sourceKind.definitionOf(source)
        if (supply.type !== 'generate') return
        const generate = supply.generate(source)
        const made = (count: number): Batch => {
          const out = emptyBatch(source, count)
          generate(count, byCounter(), out)
          return out
        }
        const most = made(9)
        for (const count of counts)
          for (const [field, values] of Object.entries(made(count)))
            expect(values).toEqual(most[field]?.subarray(0, values.length))
      }),
    )
  })

  it('has labels that are one-hot', () => {
    fc.assert(
      fc.property(sources, (source) => {
        const classes = fieldsOf(source).label?.[0]
        const label = batchOf(source, 4).label
        if (classes === undefined || label === undefined) return
        for (let i = 0; i < label.length; i += classes)
          expect([...label.subarray(i, i + classes)].sort().slice(-2)).toEqual(classes === 1 ? [1] : [0, 1])
      }),
    )
  })

  it('that is right has no problems, and weights and probabilities that sum to 1', () => {
    fc.assert(
      fc.property(sources, (source) => {
        expect(checkSource([], source)).toEqual([])
        const { components, probabilities } = sourceKind.definitionOf(source)
        const sums = [components?.(source).map(({ weight }) => weight), probabilities?.(source)]
        for (const weights of sums) if (weights) expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9)
      }),
    )
  })

  it('is drawn by its probabilities', () => {
    const { x } = batchOf(discrete({ probabilities: [0.5, 0, 0.25, 0.25], values: [[1], [2], [3], [4]] }), 20_000)
    const share = (value: number) => (x ?? new Float32Array()).filter((each) => each === value).length / 20_000
    for (const [i, p] of [0.5, 0, 0.25, 0.25].entries()) expect(Math.abs(share(i + 1) - p)).toBeLessThan(0.015)
    expect(share(2)).toBe(0)
  })
})

describe('log densities', () => {
  it('stay finite where densities vanish in float64', () => {
    const log = sourceKind.definitionOf(ring({ modes: 8, radius: 2, std: 0.02 })).logDensity
    expect(log?.(ring({ modes: 8, radius: 2, std: 0.02 }))([30, 0])).toBeCloseTo(
      -(28 ** 2) / (2 * 0.02 ** 2) - Math.log(8) - 2 * Math.log(0.02) - Math.log(2 * Math.PI),
      3,
    )
  })

  it('are those of a normal distribution, in nats', () => {
    fc.assert(
      fc.property(sourcesByType.gaussian, fc.double({ min: -3, max: 3, noNaN: true }), (source, x) => {
        const means = [source.mean].flat()
        const stds = means.map((_, i) => (typeof source.std === 'number' ? source.std : (source.std[i] ?? 1)))
        const product = means.reduce(
          (p, mean, i) =>
            (p * Math.exp(-(((x - mean) / (stds[i] ?? 1)) ** 2) / 2)) / ((stds[i] ?? 1) * Math.sqrt(2 * Math.PI)),
          1,
        )
        if (product > 1e-250) expect(density(source)(means.map(() => x)) / product).toBeCloseTo(1, 8)
      }),
    )
  })
})

describe('curves', () => {
  const points = (source: SourceData) => {
    const x = batchOf(source, 500).x ?? new Float32Array()
    return Array.from({ length: 500 }, (_, i): readonly [number, number] => [x[2 * i] ?? 0, x[2 * i + 1] ?? 0])
  }

  it('moons lie on their two half circles', () => {
    for (const [a, b] of points(moons({ noise: 0 }))) {
      const upper = Math.abs(Math.hypot(a, b) - 1) < 1e-5 && b > -1e-5
      const lower = Math.abs(Math.hypot(a - 1, b - 0.5) - 1) < 1e-5 && b < 0.5 + 1e-5
      expect(upper || lower).toBe(true)
    }
  })

  it('a spiral has an angle that grows with the radius', () => {
    for (const [a, b] of points(spiral({ noise: 0, arms: 3, turns: 2 }))) {
      const radius = Math.hypot(a, b)
      const turns = Math.atan2(b, a) / (2 * Math.PI) - 2 * radius
      if (radius > 0.01) expect(Math.abs(3 * turns - Math.round(3 * turns))).toBeLessThan(1e-3)
    }
  })
})

describe('what is wrong with a source', () => {
  it.each<readonly [SourceData, string]>([
    [ring({ modes: 0, radius: 2, std: 0.02 }), 'modes: expected a whole number from 1 to 100000, found 0'],
    [ring({ modes: 8, radius: 2, std: NaN }), 'std: expected a number above 0, found NaN'],
    [uniform([2], { low: 1, high: 1 }), 'expected low below high, found low 1 and high 1'],
    [normal([0]), 'shape.0: expected a whole number above 0, found 0'],
    [mixture({ means: [[0], [1]], std: [1] }), 'expected 2 std, one per mean, found 1'],
    [mixture({ means: [[0], [1]], std: 1, weights: [0, 0] }), 'expected weights that are not all 0'],
    [gaussian({ mean: [0, 1], std: [1] }), 'expected 2 std, one per axis, found 1'],
    [discrete({ probabilities: [0.5, 0.4] }), 'expected probabilities that sum to 1, found a sum of 0.9'],
    [discrete({ probabilities: [0.5, 0.5], values: [[1], [1, 2]] }), 'found lengths 1, 2'],
    [tensor({ shape: [2], values: [1, 2, 3] }), 'expected values of whole samples [2], one at least, found 3 numbers'],
    [tensor({ shape: [1], values: [1, 2], labels: [0, 3], classes: 3 }), 'expected labels below 3, found 3'],
    [
      idx({ images: 'a', shape: [28, 28, 1], labels: 'b' }),
      'expected labels and classes, or neither, found labels alone',
    ],
    [idx({ images: 'a', shape: [28, 28, 1], perClass: { count: 10 } }), 'expected labels beside perClass, found none'],
    [csv({ path: 'a', columns: [] }), 'columns: expected a list of columns, one at least, found an empty list'],
  ])('%j is said by name', (source, message) => {
    expect(checkSource(['sources', 'data'], source).map(showSpecError).join('\n')).toContain(message)
  })
})

describe('the fields that are one-hot', () => {
  it('are those that every sample has one 1 in, by what is drawn', () => {
    fc.assert(
      fc.property(sources, (source) => {
        const { supply } = sourceKind.definitionOf(source)
        if (supply.type === 'file') return
        for (const [field, shape] of Object.entries(fieldsOf(source)).filter(([name]) => isOneHot(source, name))) {
          const values = batchOf(source, 6)[field] ?? new Float32Array()
          expect(shape).toHaveLength(1)
          expect(values.every((value) => value === 0 || value === 1)).toBe(true)
          expect(values.filter((value) => value === 1)).toHaveLength(values.length / size(shape))
        }
      }),
    )
    expect(isOneHot(discrete({ probabilities: [0.5, 0.5] }), 'x')).toBe(true)
    expect(isOneHot(discrete({ probabilities: [0.5, 0.5], values: [[1], [2]] }), 'x')).toBe(false)
  })
})
