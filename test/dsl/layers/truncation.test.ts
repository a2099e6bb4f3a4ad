import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lowered } from './apply.ts'

const numbers = (count: number) =>
  fc
    .array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: count, maxLength: count })
    .map((values) => Float64Array.from(values))

const batch = 4
const shape = [3]

test('in training what passes stays, and the running mean keeps so much of itself', () => {
  fc.assert(
    fc.property(numbers(batch * 3), numbers(3), fc.double({ min: 0, max: 0.99, noNaN: true }), (x, mean, decay) => {
      const found = lowered({ type: 'truncation', decay, psi: 0.5 }, [shape], batch).run({ 0: x, mean })
      expect(found.y).toEqual(x)
      for (const [i, before] of mean.entries()) {
        const now = x.filter((_, at) => at % 3 === i).reduce((sum, value) => sum + value / batch, 0)
        expect(found.mean?.[i]).toBeCloseTo(decay * before + (1 - decay) * now, 9)
      }
    }),
  )
})

test('in sampling the distance to the mean shrinks by psi: all of it at 1, nothing left at 0', () => {
  fc.assert(
    fc.property(numbers(batch * 3), numbers(3), fc.double({ min: -1, max: 2, noNaN: true }), (x, mean, psi) => {
      const sampled = (psi: number) => {
        const { y = new Float64Array() } = lowered({ type: 'truncation', psi }, [shape], batch, false).run({
          0: x,
          mean,
        })
        return y
      }
      const from = (value: number, i: number) => value - (mean[i % 3] ?? Number.NaN)
      for (const [i, value] of sampled(psi).entries()) expect(from(value, i)).toBeCloseTo(psi * from(x[i] ?? 0, i), 9)
      // Of a zero the sign may differ.
      const plain = (values: Float64Array) => values.map((value) => value + 0)
      expect(plain(sampled(1))).toEqual(plain(x))
      expect(plain(sampled(0))).toEqual(plain(Float64Array.from(x, (_, i) => mean[i % 3] ?? Number.NaN)))
    }),
  )
})
