import { describe, expect, test } from 'vitest'
import { timetable } from '../../src/compile/compile.ts'
import { every } from '../../src/dsl/objectives/every.ts'
import type { Penalty } from '../../src/dsl/objectives/symbols.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { compiled, only, played, someDraws, someState } from '../compile/playing.ts'
import { penaltyGames } from './pytorchPenalties.ts'

/** The games whose one player pays a penalty and nothing else. */
const payers = Object.entries(penaltyGames).filter(([, { players }]) => 'payer' in players)

const payerOf = ({ players: { payer } }: GameSpec) => {
  if (payer === undefined) throw new Error('no payer')
  return payer
}

describe('every penalty may be paid every so many steps', () => {
  test.each(payers)('%s', (_, game) => {
    const payer = payerOf(game)
    const cost: Penalty = { term: payer.objective }
    const lazy = compiled({ ...game, players: { payer: { ...payer, objective: every(3, cost).term } } })
    const whole = compiled(game)
    const [state, draws] = [someState(whole, 1, 2), someDraws(whole.step)]
    const at = (step: number) => only(played({ step: timetable(lazy)(step) }, state, draws, step).metrics.payer)
    const paid = only(played(whole, state, draws).metrics.payer)
    expect(paid).not.toBe(0)
    expect(at(0)).toBeCloseTo(3 * paid, 9)
    expect([1, 2].map(at)).toEqual([0, 0])
    expect(at(3)).toBeCloseTo(3 * paid, 9)
  })
})

describe('a small step against a penalty’s gradient lowers it', () => {
  test.each(payers)('%s', (_, game) => {
    const by = { ...game, optimizers: { payer: sgd({ lr: 1e-6 }) } }
    const of = compiled(by)
    const [state, draws] = [someState(of, 1, 2), someDraws(of.step)]
    const before = played(of, state, draws)
    const slots = Object.fromEntries(
      of.state
        .filter(({ start }) => start.type === 'value')
        .map(({ name }) => [name, state[name] ?? new Float64Array()]),
    )
    const after = played(of, { ...before.state, ...slots }, draws)
    expect(only(after.metrics.payer)).toBeLessThan(only(before.metrics.payer))
  })
})
