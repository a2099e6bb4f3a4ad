import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extent, maxOf, minOf, norm } from '../../src/ir/numbers.ts'
import { root } from '../types/tsc.ts'

const many = fc.array(fc.double({ noNaN: true, min: -1e150, max: 1e150 }), { minLength: 1, maxLength: 50 })

describe('maxOf, minOf, extent and norm', () => {
  it('equal what Math says of a few numbers', () => {
    fc.assert(
      fc.property(many, (values) => {
        expect(maxOf(values)).toBe(Math.max(...values))
        expect(minOf(values)).toBe(Math.min(...values))
        expect(extent(values)).toEqual([Math.min(...values), Math.max(...values)])
        const expected = Math.hypot(...values)
        expect(Math.abs(norm(values) - expected)).toBeLessThanOrEqual(1e-14 * expected)
      }),
    )
  })

  it('take as many numbers as memory holds', () => {
    const values = Array.from({ length: 500_000 }, (_, i) => (i % 2 === 0 ? 1 : -1))
    expect(() => Math.max(...values)).toThrow(RangeError)
    expect(maxOf(values)).toBe(1)
    expect(minOf(values)).toBe(-1)
    expect(norm(values)).toBeCloseTo(Math.sqrt(500_000), 9)
  })

  it('neither overflow nor vanish', () => {
    expect(norm([3e200, 4e200])).toBeCloseTo(5e200, -187)
    expect(norm([3e-200, 4e-200]) / 5e-200).toBeCloseTo(1, 14)
    expect([norm([]), norm([0, 0]), norm([1, Infinity])]).toEqual([0, 0, Infinity])
    expect(norm([1, NaN])).toBeNaN()
  })
})

/** Spreads whose length is never data: the axes of a shape, the inputs of a network, the columns or lines of a fixed text. */
const bounded = [
  'backends/core/broadcastShape.ts: Math.max(...shapes',
  'dsl/initializers/orthogonal.ts: Math.max(...matrixOf',
  'dsl/terms/onceEach.ts: .unshift(...at',
  'measure/summaryTable.ts: Math.max(...lines',
  'backends/onnx/convolution/choice.ts: Math.min(...output',
  'backends/onnx/convolution/tiles.ts: Math.max(...first',
  'backends/tfjs/axes.ts: Math.max(...shapes',
  'measure/summaryTable.ts: Math.max(...rows',
  'reproductions/trainClassifier.ts: Math.max(1, ...Object',
  'run/sampler.ts: Math.max(1, ...Object',
  'draw/strokes.ts: Math.max(...columns',
  'draw/strokes.ts: Math.min(...columns',
  'run/imageRange.ts: Math.max(...ends',
  'run/imageRange.ts: Math.min(...ends',
]

it('no data are spread into the arguments of a call', () => {
  const spread =
    /(?:Math\.\w+|\.(?:push|unshift|splice|concat|of)|fromCharCode|fromCodePoint)\((?:[^()[\]{}]*, )?\.\.\.\w+/g
  const found = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) =>
      [...readFileSync(join(root, 'src', path), 'utf8').matchAll(spread)]
        .map(([text]) => `${path}: ${text}`)
        .filter((text) => !text.startsWith('ir/numbers.ts')),
    )
  expect([...new Set(found)].filter((text) => !bounded.includes(text)).sort()).toEqual([])
})
