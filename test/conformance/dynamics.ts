import { pipe } from '#fp-ts/function'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { tanh } from '../../src/dsl/layers/pointwise.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { alternating } from '../../src/dynamics/alternating.ts'
import { competitive } from '../../src/dynamics/competitive.ts'
import { consensus } from '../../src/dynamics/consensus.ts'
import type { Dynamics, DynamicsSpec } from '../../src/dynamics/dynamics.ts'
import { extragradient } from '../../src/dynamics/extragradient.ts'
import { lookahead } from '../../src/dynamics/lookahead.ts'
import { pastExtragradient } from '../../src/dynamics/pastExtragradient.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import { symplectic } from '../../src/dynamics/symplectic.ts'
import { unrolled } from '../../src/dynamics/unrolled.ts'
import * as losses from '../../src/losses/losses.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { exponentialAverage, uniformAverage } from '../../src/spec/average.ts'
import { gan } from '../../src/spec/gan.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { compiled } from '../compile/playing.ts'
import { type Case, gameCase } from './case.ts'

/** Smooth networks: dynamics of second order take the gradient of a gradient. */
const game = (dynamics: Dynamics<'discriminator' | 'generator'>): GameSpec =>
  gan({
    generator: pipe(input([3]), dense(8), tanh, dense(2)),
    discriminator: pipe(input([2]), dense(8), tanh, dense(8), tanh, dense(1)),
    latent: normal([3]),
    data: normal([2]),
    // Zero-sum, as competitive gradient descent asks for.
    loss: losses.minimax,
    optimizers: { discriminator: adam({ lr: 0.01, epsilon: 1e-2 }), generator: sgd({ lr: 0.1 }) },
    averages: { generator: exponentialAverage({ decay: 0.9 }), discriminator: uniformAverage({ from: 1 }) },
    dynamics,
    batch: 4,
    steps: 3,
    seed: 1,
  })

const each: { readonly [T in DynamicsSpec['type']]: Dynamics<'discriminator' | 'generator'> } = {
  simultaneous,
  alternating: alternating({ discriminator: 2, generator: 1 }),
  extragradient,
  pastExtragradient,
  consensus: consensus({ weight: 0.5 }),
  symplectic: symplectic({ weight: 0.5, align: false }),
  competitive: competitive({ rate: 0.1, iterations: 3 }),
  unrolled: unrolled({ player: 'generator', against: 'discriminator', steps: 2 }),
  lookahead: lookahead({ period: 2 }, extragradient),
}

/** Steps of every dynamic, with averaged weights. */
export const dynamicsConformance: readonly Case[] = Object.entries(each).map(([name, dynamics]) =>
  gameCase(`dynamics: ${name}`, compiled(game(dynamics)), 2, 'second'),
)
