import { describe, expect, it } from 'vitest'
import type { Compiled } from '../../src/compile/compile.ts'
import { compiled, played, someState } from '../compile/playing.ts'
import { distance, fixture, numbers, type Tensors } from '../fixtures/pytorch.ts'
import { lossGames } from './pytorchLosses.ts'

/** What scripts/pytorch/losses.py found. */
interface Case {
  readonly state: Tensors
  readonly costs: { readonly [player: string]: number }
  readonly gradients: { readonly [parameter: string]: readonly number[] }
  /** What slots hold before and after. */
  readonly slots?: { readonly [name: string]: readonly [number, number] }
}
const { draws, cases } = fixture<{ readonly draws: Tensors; readonly cases: { readonly [name: string]: Case } }>(
  'losses',
)

const stateOf = (game: Compiled, { state, slots = {} }: Case) => ({
  ...someState(game),
  ...Object.fromEntries(
    Object.entries(state).map(([name, { shape, seed }]) => [name, numbers(shape, seed).map((u) => 0.8 * (2 * u - 1))]),
  ),
  ...Object.fromEntries(
    Object.entries(slots).map(([name, [before]]) => [`discriminator/${name}`, Float64Array.of(before)]),
  ),
})

const drawsOf = ({ step }: Compiled) =>
  Object.fromEntries(
    Object.entries(step.draws).map(([name, { shape, origin }]) => {
      const drawn = draws[name]
      expect(drawn?.shape, name).toEqual([...shape])
      const uniform = numbers(shape, drawn?.seed ?? Number.NaN)
      return [name, origin.type === 'uniform' ? uniform : uniform.map((u) => 2 * u - 1)]
    }),
  )

describe('costs and gradients are PyTorch’s', () => {
  it('of every loss there is', () => {
    expect(Object.keys(lossGames)).toEqual(Object.keys(cases))
  })

  it.each(Object.entries(cases))('%s', (name, of) => {
    const spec = lossGames[name]
    if (spec === undefined) throw new Error(`no game ${name}`)
    const game = compiled(spec)
    const parameters = game.state.filter(({ start }) => start.type === 'parameter').map(({ name }) => name)
    expect(parameters).toEqual(Object.keys(of.state))
    const { state, metrics } = played(game, stateOf(game, of), drawsOf(game))
    for (const [player, cost] of Object.entries(of.costs))
      expect(distance(metrics[player] ?? [], [cost]), player).toBeLessThan(1e-9)
    for (const [parameter, slope] of Object.entries(of.gradients))
      if (Math.max(...slope.map(Math.abs)) > 1e-12)
        expect(distance(state[parameter] ?? [], slope), parameter).toBeLessThan(1e-9)
    for (const [slot, [, after]] of Object.entries(of.slots ?? {}))
      expect(distance(state[`discriminator/${slot}`] ?? [], [after]), slot).toBeLessThan(1e-9)
  })
})
