import { pipe } from '#fp-ts/function'
import { compileJacobian } from '../../src/compile/jacobian.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { tanh } from '../../src/dsl/layers/pointwise.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import * as losses from '../../src/losses/losses.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { gan } from '../../src/spec/gan.ts'
import { compiled } from '../compile/playing.ts'
import { type Case, gameCase } from './case.ts'

const game = compiled(
  gan({
    generator: pipe(input([3]), dense(8), tanh, dense(2)),
    discriminator: pipe(input([2]), dense(8), tanh, dense(1)),
    latent: normal([3]),
    data: normal([2]),
    loss: losses.nonSaturating,
    optimizers: { generator: sgd({ lr: 1 }), discriminator: sgd({ lr: 1 }) },
    batch: 4,
    steps: 1,
    seed: 1,
  }),
)

export const analysisConformance: readonly Case[] = [
  {
    ...gameCase(
      'a game’s field and its Jacobian along a direction',
      { ...game, step: compileJacobian(game) },
      2,
      'second',
    ),
    metrics: 'second',
  },
]
