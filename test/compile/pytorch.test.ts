import { describe, expect, it } from 'vitest'
import type { Compiled } from '../../src/compile/compile.ts'
import type { Values } from '../../src/ir/evaluate.ts'
import type { Shape } from '../../src/ir/program.ts'
import { adagrad } from '../../src/optimizers/adagrad.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { adamW } from '../../src/optimizers/adamW.ts'
import { amsgrad } from '../../src/optimizers/amsgrad.ts'
import { clipNorm } from '../../src/optimizers/clipNorm.ts'
import { clipValue } from '../../src/optimizers/clipValue.ts'
import { momentum } from '../../src/optimizers/momentum.ts'
import type { Optimizer } from '../../src/optimizers/optimizer.ts'
import { rmsprop } from '../../src/optimizers/rmsprop.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { weightDecay } from '../../src/optimizers/weightDecay.ts'
import { distance, numbers, fixture as readFixture, type Tensors } from '../fixtures/pytorch.ts'
import { compiled, played, someState } from './playing.ts'
import { gradientGames, trainedGame } from './pytorchGames.ts'

interface Found {
  readonly [name: string]: readonly number[]
}
/** What scripts/pytorch/fixtures.py wrote: what there is by name, shape and seed, and what PyTorch made of it. */
interface Fixture {
  readonly torch: string
  readonly state: Tensors
  readonly draws: Tensors
}
interface GradientFixture extends Fixture {
  readonly costs: { readonly [player: string]: number }
  readonly gradients: Found
}
interface OptimizerFixture extends Fixture {
  readonly steps: number
  readonly trained: { readonly [optimizer: string]: Found }
}

const stateOf = (game: Compiled, { state }: Fixture): Values => ({
  ...someState(game),
  ...Object.fromEntries(
    Object.entries(state).map(([name, { shape, seed }]) => [name, numbers(shape, seed).map((u) => 0.7 * (2 * u - 1))]),
  ),
})

const drawsOf = ({ step: program }: Compiled, { draws }: Fixture, step = 0): Values =>
  Object.fromEntries(
    Object.entries(draws).map(([name, { shape, seed }]) => {
      const uniform = numbers(shape, seed + 10 * step)
      return [name, program.draws[name]?.origin.type === 'uniform' ? uniform : uniform.map((u) => 2 * u - 1)]
    }),
  )

const shapes = (tensors: { readonly [name: string]: { readonly shape: Shape } }) =>
  Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, [...shape]]))

/** Both sides mean the same parameters and draws, by name and shape. */
const expectSameNames = (game: Compiled, { state, draws }: Fixture): void => {
  const parameters = game.state.filter(({ start }) => start.type === 'parameter')
  expect(shapes(state)).toEqual(Object.fromEntries(parameters.map(({ name, shape }) => [name, [...shape]])))
  expect(shapes(draws)).toEqual(shapes(game.step.draws))
}

const expectClose = (found: Values, expected: Found): void => {
  for (const [name, values] of Object.entries(expected))
    expect(distance(found[name] ?? [], values), name).toBeLessThan(1e-10)
}

describe('costs and gradients of a whole step are PyTorch’s', () => {
  it.each(Object.entries(gradientGames))('%s', (name, spec) => {
    const fixture: GradientFixture = readFixture(name)
    const game = compiled(spec)
    expectSameNames(game, fixture)
    expect(Object.keys(fixture.gradients)).toEqual(Object.keys(fixture.state))
    const { state, metrics } = played(game, stateOf(game, fixture), drawsOf(game, fixture))
    expectClose(state, fixture.gradients)
    expectClose(metrics, Object.fromEntries(Object.entries(fixture.costs).map(([player, cost]) => [player, [cost]])))
  })
})

const optimizers: { readonly [name: string]: Optimizer } = {
  sgd: sgd({ lr: 0.1 }),
  momentum: momentum({ lr: 0.1 }),
  nesterov: momentum({ lr: 0.1, momentum: 0.5, nesterov: true }),
  adagrad: adagrad({ lr: 0.1 }),
  rmsprop: rmsprop({ lr: 0.01 }),
  adam: adam({ lr: 0.01, beta1: 0.5 }),
  amsgrad: amsgrad({ lr: 0.01, beta1: 0.5, beta2: 0.9 }),
  adamW: adamW({ lr: 0.01, weightDecay: 0.1 }),
  weightDecay: weightDecay({ decay: 0.1 }, momentum({ lr: 0.1 })),
  clipValue: clipValue({ most: 0.05 }, sgd({ lr: 0.1 })),
  clipNorm: clipNorm({ most: 0.1 }, adam({ lr: 0.01 })),
}

describe('parameters after some steps are those of torch.optim', () => {
  const fixture: OptimizerFixture = readFixture('optimizers')

  it('for every optimizer', () => expect(Object.keys(fixture.trained)).toEqual(Object.keys(optimizers)))

  it.each(Object.entries(optimizers))('%s', (name, by) => {
    const game = compiled(trainedGame(by))
    expectSameNames(game, fixture)
    let state = stateOf(game, fixture)
    for (let step = 0; step < fixture.steps; step++)
      state = played(game, state, drawsOf(game, fixture, step), step).state
    expectClose(state, fixture.trained[name] ?? {})
  })
})
