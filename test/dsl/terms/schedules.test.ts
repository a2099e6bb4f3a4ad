import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as init from '../../../src/dsl/initializers/init.ts'
import { parameter } from '../../../src/dsl/layers/parameter.ts'
import { minimise } from '../../../src/dsl/objectives/player.ts'
import { latex } from '../../../src/dsl/printing/latex.ts'
import { text } from '../../../src/dsl/printing/text.ts'
import { add, mul, square } from '../../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../../src/dsl/terms/expression.ts'
import { constant, cosine, exponential, linear, stepwise, warmUp } from '../../../src/dsl/terms/schedules.ts'
import { updates } from '../../../src/dsl/terms/variables.ts'
import { alternating } from '../../../src/dynamics/alternating.ts'
import { sgd } from '../../../src/optimizers/sgd.ts'
import { game } from '../../../src/spec/game.ts'
import { network } from '../../../src/spec/handle.ts'
import { compiled, only, trajectory } from '../../compile/playing.ts'
import { scalarValue } from '../../laws/scalar.ts'

const at = ({ term }: Expr, step: number, steps?: number): number =>
  scalarValue(term, { variables: {}, slots: {}, step, ...(steps !== undefined && { steps }) })

const level = fc.double({ min: 0, max: 10, noNaN: true })
const count = fc.integer({ min: 1, max: 1000 })
const steps = fc.nat({ max: 3000 })

const expectClose = (found: number, expected: number): void =>
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(expected)))

describe('a schedule is its closed form', () => {
  it('constant', () => {
    fc.assert(fc.property(level, steps, (value, step) => at(constant(value), step) === value))
  })

  it('linear, between its ends and on beyond', () => {
    fc.assert(
      fc.property(level, level, count, steps, (from, to, over, step) => {
        expectClose(at(linear({ from, to, over }), step), step >= over ? to : from + ((to - from) * step) / over)
      }),
    )
  })

  it('cosine, between its ends and on beyond', () => {
    fc.assert(
      fc.property(level, level, count, steps, (from, to, over, step) => {
        const part = Math.min(step / over, 1)
        expectClose(at(cosine({ from, to, over }), step), to + 0.5 * (from - to) * (1 + Math.cos(Math.PI * part)))
      }),
    )
  })

  it('linear, cosine and exponential run over the whole game unless they are told within how many steps', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 10, noNaN: true }), level, count, fc.nat(), (from, to, steps, any) => {
        const step = any % steps
        expectClose(at(linear({ from, to }), step, steps), at(linear({ from, to, over: steps }), step))
        expectClose(at(cosine({ from, to }), step, steps), at(cosine({ from, to, over: steps }), step))
        const end = to + 0.01
        expectClose(
          at(exponential({ from, to: end }), step, steps),
          at(exponential({ from, to: end, over: steps }), step),
        )
        expectClose(at(exponential({ from, to: end }), step, steps), from * (end / from) ** (step / steps))
      }),
    )
  })

  it('within no steps: there at once', () => {
    fc.assert(
      fc.property(level, level, steps, (from, to, step) => {
        for (const shape of [linear, cosine]) expectClose(at(shape({ from, to, over: 0 }), step), to)
        expectClose(at(warmUp({ over: 0 }, from), step), from)
      }),
    )
  })

  it('exponential: the same factor in the same time', () => {
    fc.assert(
      fc.property(level, fc.double({ min: 0.1, max: 1.1, noNaN: true }), count, steps, (from, factor, every, step) => {
        const schedule = exponential({ from, factor, every })
        expect(at(schedule, 0)).toBe(from)
        expectClose(at(schedule, step + every), factor * at(schedule, step))
      }),
    )
  })

  it('stepwise: constant but for every so many steps', () => {
    fc.assert(
      fc.property(level, fc.double({ min: 0.1, max: 1.1, noNaN: true }), count, steps, (from, factor, every, step) => {
        expectClose(at(stepwise({ from, factor, every }), step), from * factor ** Math.floor(step / every))
      }),
    )
  })

  it('warmUp: a part of another, then the other', () => {
    fc.assert(
      fc.property(level, count, steps, (from, over, step) => {
        const other = exponential({ from, factor: 0.5, every: 100 })
        expectClose(at(warmUp({ over }, other), step), Math.min((step + 1) / over, 1) * at(other, step))
        expectClose(at(warmUp({ over }, from), step), Math.min((step + 1) / over, 1) * from)
      }),
    )
  })
})

describe('a schedule reads as mathematics', () => {
  it.each<readonly [Expr, string]>([
    [linear({ from: 0.001, over: 5000 }), '0.001 − 0.001 · min(1, step / 5000)'],
    [linear({ from: 0, to: 10, over: 100 }), '10 · min(1, step / 100)'],
    [cosine({ from: 0.2, over: 50 }), '0.1 · (1 + cos(3.14159265359 · min(1, step / 50)))'],
    [linear({ from: 0.001 }), '0.001 − 0.001 · progress'],
    [cosine({ from: 0.2 }), '0.1 · (1 + cos(3.14159265359 · progress))'],
    [exponential({ from: 0.1, to: 0.001 }), '0.1 · exp(−4.60517018599 · progress)'],
    [exponential({ from: 0.1, factor: 0.5, every: 100 }), '0.1 · exp(−0.0069314718056 · step)'],
    [exponential({ from: 0.1, factor: 0.99, of: updates }), '0.1 · exp(−0.0100503358535 · updates)'],
    [stepwise({ from: 0.1, factor: 0.5, every: 100 }), '0.1 · exp(−0.69314718056 · ⌊(step + 0.5) / 100⌋)'],
    [warmUp({ over: 10 }, 0.1), 'min(1, (step + 1) / 10) · 0.1'],
  ])('%#', ({ term }, expected) => expect(text(term)).toBe(expected))

  it('in LaTeX', () => {
    expect(latex(linear({ from: 0.1, over: 50 }).term)).toMatch(/^0\.1 - 0\.1 \\cdot .*min.*\\frac/)
  })
})

const w = network('w', parameter([], init.zeros))
const v = network('v', parameter([], init.zeros))

/** Both parameters, from 1, after each step of a game whose slow player updates once where the fast one does twice. */
const path = (
  slow: Parameters<typeof sgd>[0]['lr'],
  fast: Parameters<typeof sgd>[0]['lr'],
  weight: Expr<'batch', [], never>,
) =>
  trajectory(
    compiled(
      game({
        networks: { w, v },
        sources: {},
        players: { slow: minimise(mul(weight, w()), 'w'), fast: minimise(add(v(), mul(0, square(w()))), 'v') },
        dynamics: alternating({ slow: 1, fast: 2 }),
        optimizers: { slow: sgd({ lr: slow }), fast: sgd({ lr: fast }) },
        batch: 1,
        steps: 4,
        seed: 1,
      }),
    ),
    { 'w/0.parameter/value': Float64Array.of(1), 'v/0.parameter/value': Float64Array.of(1) },
    4,
  ).map((state) => [only(state['w/0.parameter/value']), only(state['v/0.parameter/value'])])

describe('in a game', () => {
  it('rates and coefficients follow the step, on a time scale for each player (Heusel et al. 2017)', () => {
    const found = path(linear({ from: 0.4, over: 4 }), 0.01, linear({ from: 1, to: 3, over: 2 }))
    // Each step takes its rate times its coefficient: 0.4 * 1, 0.3 * 2, 0.2 * 3, 0.1 * 3.
    ;[1, 0.6, 0, -0.6, -0.9].forEach((expected, i) => {
      expect(found[i]?.[0]).toBeCloseTo(expected, 12)
      expect(found[i]?.[1]).toBeCloseTo(1 - 0.02 * i, 12)
    })
  })

  it('a rate may follow the updates, of which a step may have several', () => {
    const found = path(0, linear({ from: 0.4, over: 4, of: updates }), constant(1))
    ;[1, 0.3, 0, 0, 0].forEach((expected, i) => {
      expect(found[i]?.[1]).toBeCloseTo(expected, 12)
    })
  })
})
