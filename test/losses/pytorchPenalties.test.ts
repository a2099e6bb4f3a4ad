import { describe, expect, it } from 'vitest'
import type { Compiled } from '../../src/compile/compile.ts'
import { size } from '../../src/ir/program.ts'
import { compiled, played } from '../compile/playing.ts'
import { distance, fixture, numbers, type Tensors } from '../fixtures/pytorch.ts'
import { penaltyGames } from './pytorchPenalties.ts'

/** What scripts/pytorch/penalties.py found. */
interface Case {
  readonly scale: number
  readonly state: Tensors
  readonly draws: Tensors
  readonly costs: { readonly [player: string]: number }
  readonly gradients: { readonly [parameter: string]: readonly number[] }
  /** What slots hold before and after. */
  readonly slots: { readonly [name: string]: number }
  readonly after: { readonly [name: string]: number }
}
const { cases } = fixture<{ readonly cases: { readonly [name: string]: Case } }>('penalties')

const slotNamed = (game: Compiled, name: string): string => {
  const found = game.state.find((tensor) => tensor.name.endsWith(name))
  if (found === undefined) throw new Error(`no slot ${name} in ${game.state.map((tensor) => tensor.name)}`)
  return found.name
}

const stateOf = (game: Compiled, { state, scale, slots }: Case) => ({
  ...Object.fromEntries(game.state.map(({ name, shape }) => [name, new Float64Array(size(shape))])),
  ...Object.fromEntries(
    Object.entries(state).map(([name, { shape, seed }]) => [
      name,
      numbers(shape, seed).map((u) => scale * (2 * u - 1)),
    ]),
  ),
  ...Object.fromEntries(Object.entries(slots).map(([name, value]) => [slotNamed(game, name), Float64Array.of(value)])),
})

const drawsOf = ({ step }: Compiled, { draws }: Case) =>
  Object.fromEntries(
    Object.entries(draws).map(([name, { shape, seed }]) => [
      name,
      numbers(shape, seed).map((u) => (step.draws[name]?.origin.type === 'uniform' ? u : 2 * u - 1)),
    ]),
  )

const shapes = (tensors: { readonly [name: string]: { readonly shape: readonly number[] } }) =>
  Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, [...shape]]))

describe('costs, gradients and memory are PyTorch’s', () => {
  it('for all that it has', () => expect(Object.keys(penaltyGames)).toEqual(Object.keys(cases)))

  it.each(Object.entries(cases))('%s', (name, of) => {
    const spec = penaltyGames[name]
    if (spec === undefined) throw new Error(`no game ${name}`)
    const game = compiled(spec)
    const parameters = game.state.filter(({ start }) => start.type === 'parameter')
    expect(Object.fromEntries(parameters.map(({ name, shape }) => [name, [...shape]]))).toEqual(shapes(of.state))
    expect(shapes(game.step.draws)).toEqual(shapes(of.draws))
    const { state, metrics } = played(game, stateOf(game, of), drawsOf(game, of))
    for (const [player, cost] of Object.entries(of.costs))
      expect(distance(metrics[player] ?? [], [cost]), player).toBeLessThan(1e-10)
    for (const [parameter, slope] of Object.entries(of.gradients))
      expect(distance(state[parameter] ?? [], slope), parameter).toBeLessThan(1e-9)
    for (const [slot, value] of Object.entries(of.after))
      expect(distance(state[slotNamed(game, slot)] ?? [], [value]), slot).toBeLessThan(1e-10)
  })
})
