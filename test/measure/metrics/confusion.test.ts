import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { confusionOf } from '../../../src/measure/metrics/confusion.ts'

const scores = fc.array(fc.float({ noNaN: true }), { minLength: 1 }).map((values) => Float32Array.from(values))
const threshold = fc.record({
  value: fc.float({ noNaN: true, noDefaultInfinity: true }),
  real: fc.constant('above' as const),
})

describe('confusion', () => {
  it('counts every sample once', () => {
    fc.assert(
      fc.property(threshold, scores, scores, (at, real, generated) => {
        const found = confusionOf(at, real, generated)
        expect(found.realAsReal).toBe(real.filter((score) => score > at.value).length)
        expect(found.realAsReal + found.realAsGenerated).toBe(real.length)
        expect(found.generatedAsReal + found.generatedAsGenerated).toBe(generated.length)
      }),
    )
  })

  it('is a coin toss where both sides score alike', () => {
    fc.assert(
      fc.property(threshold, scores, (at, same) => {
        expect(confusionOf(at, same, same).accuracy).toBeCloseTo(1 / 2, 12)
      }),
    )
  })

  it('is as right as it is wrong when the sides are exchanged', () => {
    fc.assert(
      fc.property(threshold, scores, scores, (at, real, generated) => {
        const [one, other] = [confusionOf(at, real, generated), confusionOf(at, generated, real)]
        expect(one.accuracy + other.accuracy).toBeCloseTo(1, 12)
      }),
    )
  })

  it('knows a critic that gives real samples the smaller values', () => {
    const at = { value: 0, real: 'below' } as const
    expect(confusionOf(at, Float32Array.of(-1, -2, 3), Float32Array.of(1, 2))).toMatchObject({
      realAsReal: 2,
      realAsGenerated: 1,
      generatedAsReal: 0,
      generatedAsGenerated: 2,
      accuracy: (2 / 3 + 1) / 2,
    })
  })
})
