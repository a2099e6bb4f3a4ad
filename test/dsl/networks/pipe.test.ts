import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flow } from '../../../src/dsl/networks/flow.ts'
import { pipe } from '../../../src/dsl/networks/pipe.ts'

const add = (n: number) => (x: number) => 2 * x + n
const [a, b, c] = [add(1), add(2), add(3)]
const five = flow(a, b, c, b, a)

describe('pipe and flow', () => {
  test('apply functions in their order, however many', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), (x) => {
        expect(pipe(x)).toBe(x)
        expect(pipe(x, a, b)).toBe(b(a(x)))
        expect(five(x)).toBe(a(b(c(b(a(x))))))
        expect(flow(a, b, c, a, b, c, a, b, c, a, b, c)(x)).toBe(pipe(x, a, b, c, a, b, c, a, b, c, a, b, c))
        const twenty = [a, b, c, b, a, a, b, c, b, a, a, b, c, b, a, a, b, c, b, a].reduce((y, f) => f(y), x)
        expect(pipe(x, a, b, c, b, a, a, b, c, b, a, a, b, c, b, a, a, b, c, b, a)).toBe(twenty)
        expect(pipe(x, five, five, five, five)).toBe(twenty)
      }),
    )
  })

  test('the first function of a flow takes several arguments', () =>
    expect(flow((x: number, y: number) => x - y, a)(5, 2)).toBe(a(3)))
})
