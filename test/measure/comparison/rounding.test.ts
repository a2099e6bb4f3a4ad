import { expect, test } from 'vitest'
import { type Builder, createBuilder } from '../../../src/ir/builder.ts'
import { at } from '../../../src/ir/present.ts'
import type { NodeId } from '../../../src/ir/program.ts'
import { evaluateExactly, fewTrials } from '../../../src/measure/comparison/rounding.ts'

const x = Float64Array.of(1, 2, 3, 4)

/** A value that is made of x, and how far rounding moves it. */
const noiseOf = (make: (b: Builder, x: NodeId) => NodeId) => {
  const b = createBuilder()
  const value = make(b, b.state('x', [4]))
  const program = b.program({ writes: {}, metrics: { value } })
  const exact = evaluateExactly(program, { state: { x }, draws: {}, step: 0 }, fewTrials)
  return { values: at(exact.values, value), noise: at(exact.noise, value) }
}

test('what only moves and chooses numbers is exact, and what is given stays as it is', () => {
  const { values, noise } = noiseOf((b, id) =>
    b.max(b.relu(b.neg(b.reshape(b.transpose(b.reshape(id, [2, 2]), [1, 0]), [4])))),
  )
  expect(values).toEqual(Float64Array.of(0))
  expect(noise).toEqual(Float32Array.of(0))
  expect(x).toEqual(Float64Array.of(1, 2, 3, 4))
})

test('rounding is small beside what is rounded, and large beside what is left of it', () => {
  const thousand = (b: Builder, id: NodeId) => b.mul(b.exp(id), b.number(1000))
  const plain = noiseOf(thousand)
  plain.noise.forEach((off, i) => {
    expect(off).toBeGreaterThan(0)
    expect(off).toBeLessThan(1e-5 * at([...plain.values], i))
  })
  const left = noiseOf((b, id) => b.sub(b.add(thousand(b, id), b.number(1)), thousand(b, id)))
  left.noise.forEach((off, i) => {
    expect(at([...left.values], i)).toBeCloseTo(1)
    expect(off).toBeGreaterThan(1e-4)
  })
})

test('where rounding may decide a comparison, the whole difference is noise', () => {
  const { noise } = noiseOf((b, id) => b.greater(b.sqrt(b.square(id)), b.exp(b.log(id))))
  expect(Math.max(...noise)).toBe(1)
})
