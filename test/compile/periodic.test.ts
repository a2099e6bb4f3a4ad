import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equalSteps, timetable } from '../../src/compile/compile.ts'
import * as init from '../../src/dsl/initializers/init.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { every } from '../../src/dsl/objectives/every.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { add, mul, square } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { slot } from '../../src/dsl/terms/memory.ts'
import { E, maxOverBatch, sum } from '../../src/dsl/terms/statistics.ts'
import { evaluate, type Values } from '../../src/ir/evaluate.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import { compiled, computed, gameOf, only, someState } from './playing.ts'

const theta = network('theta', parameter([], init.constant(3)))
const game = (objective: Expr) =>
  compiled(
    gameOf({
      networks: { theta: theta.net },
      players: { p: { goal: 'minimise', objective: objective.term, over: ['theta'] } },
    }),
  )
const name = 'theta/0.parameter/value'
const counter = slot('count', { initial: 0 }, (previous) => add(previous, 1))

/** The states of a game that draws nothing, each step by its own program. */
const path = (of: ReturnType<typeof game>, steps: number): readonly Values[] => {
  const states = [someState(of)]
  for (let step = 0; step < steps; step++) {
    const state = states[step] ?? {}
    const after = evaluate(timetable(of)(step), { state, draws: {}, step }).state
    states.push({ ...state, ...after })
  }
  return states
}

describe('what is done every so many steps', () => {
  test('costs so many times as much then, and nothing at the others', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), (period) => {
        const rate = 0.1
        const states = path(game(add(theta(), every(period, mul(0.5, theta())))), 20)
        states.slice(1).forEach((after, step) => {
          const moved = only(states[step]?.[name]) - only(after[name])
          expect(moved).toBeCloseTo(rate * (1 + (step % period === 0 ? 0.5 * period : 0)), 12)
        })
      }),
    )
  })

  test('is remembered only then', () => {
    const states = path(game(add(theta(), every(4, mul(counter, theta())))), 10)
    expect(states.map((state) => only(state['p/count']))).toEqual([0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3])
  })

  test('is in no program of the other steps, and equal steps have one program', () => {
    const both = game(add(theta(), add(every(4, square(theta())), every(6, mul(counter, theta())))))
    const programs = timetable(both)
    const sizes = Array.from({ length: 24 }, (_, step) => programs(step).nodes.length)
    expect(new Set(sizes).size).toBe(4)
    expect(sizes.slice(0, 12)).toEqual(sizes.slice(12))
    expect(programs(0)).toBe(both.step)
    expect(programs(1)).toBe(programs(23))
    expect([0, 1, 4, 5, 7].map((first) => equalSteps(programs, first, 100))).toEqual([1, 3, 1, 1, 1])
    expect(equalSteps(programs, 1, 2)).toBe(2)
    expect(both.periodic).toEqual([
      { every: 4, offset: 0 },
      { every: 6, offset: 0 },
    ])
  })
})

test('E and maxOverBatch of vectors are taken element by element', () => {
  const data = source('data', normal([3]))
  const x = sample(data)
  const asked = (of: Expr) =>
    computed(add(sum(of), mul(0, theta())), {
      networks: { theta: theta.net },
      sources: { data: data.source },
      over: 'theta',
    })
  const { draws, value } = asked(E(x))
  const numbers = [...(Object.values(draws)[0] ?? [])]
  const columns = [0, 1, 2].map((axis) => numbers.filter((_, i) => i % 3 === axis))
  expect(numbers.length).toBe(12)
  expect(value).toBeCloseTo(
    columns.reduce((total, column) => total + column.reduce((a, b) => a + b) / 4, 0),
    12,
  )
  expect(asked(maxOverBatch(x)).value).toBeCloseTo(
    columns.reduce((total, column) => total + Math.max(...column), 0),
    12,
  )
})
