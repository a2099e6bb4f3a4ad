import { pipe } from '#fp-ts/function'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { softplus } from '../../src/dsl/layers/pointwise.ts'
import { G, type Loss, z } from '../../src/dsl/objectives/symbols.ts'
import { type View, view } from '../../src/dsl/objectives/view.ts'
import { add, mul } from '../../src/dsl/terms/elementwise.ts'
import { rewrite } from '../../src/dsl/terms/rewrite.ts'
import { linear } from '../../src/dsl/terms/schedules.ts'
import { identifier } from '../../src/dsl/terms/termParts.ts'
import { gan } from '../../src/spec/gan.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { flipLabels } from '../../src/views/flipLabels.ts'
import { instanceNoise } from '../../src/views/instanceNoise.ts'
import { replayBuffer } from '../../src/views/replayBuffer.ts'
import { topK } from '../../src/views/topK.ts'
import * as views from '../../src/views/views.ts'
import { rest } from '../types/ring.ts'

/** What may stand between a game and what its D is given, all combinations of it. */
export interface Seeing {
  readonly view: keyof typeof seenThrough
  /** The share of labels that is flipped; `falls` from 0.4 to 0 over the run. */
  readonly flips: 0 | 0.3 | 0.5 | 0.8 | 'falls'
  readonly samples: 1 | 2 | 3
  readonly change: 'none' | 'topK' | 'replayBuffer'
}

const noisy = instanceNoise({ std: 0.1 })
export const seenThrough: { readonly [name in 'nothing' | 'noise' | 'doubling' | 'adaptive']: readonly View[] } = {
  nothing: [],
  noise: [noisy],
  doubling: [view((sample) => mul(2, sample))],
  adaptive: [
    views.adaptive((probability) => [noisy, view((sample) => mul(add(1, probability), sample))], { rise: 0.01 }),
  ],
}

const all = {
  view: ['nothing', 'noise', 'doubling', 'adaptive'],
  flips: [0, 0.3, 'falls'],
  samples: [1, 2, 3],
  change: ['none', 'topK', 'replayBuffer'],
} as const

/** Every combination, and half and most of all labels flipped. */
export const everySeeing: readonly Seeing[] = [
  ...all.view.flatMap((view) =>
    all.flips.flatMap((flips) =>
      all.samples.flatMap((samples) => all.change.map((change): Seeing => ({ view, flips, samples, change }))),
    ),
  ),
  ...all.samples.flatMap((samples) =>
    ([0.5, 0.8] as const).map((flips): Seeing => ({ view: 'nothing', flips, samples, change: 'none' })),
  ),
]

/** The loss with D shown a replay buffer of new and older samples. */
const replayed = ({ generator, discriminator }: Loss): Loss => {
  const identify = identifier()
  const made = G(z)
  const shown = replayBuffer(made, { shape: [2], size: 4 }).term
  const objective = rewrite(discriminator.objective, (term) => (identify(term) === identify(made.term) ? shown : term))
  return { generator, discriminator: { ...discriminator, objective } }
}

const changes = { none: (loss: Loss) => loss, topK: topK({ fraction: 0.5 }), replayBuffer: replayed }

const flipped = (flips: Seeing['flips'], loss: Loss): Loss => {
  if (flips === 0) return loss
  return flipLabels({ probability: flips === 'falls' ? linear({ from: 0.4, over: 50 }) : flips })(loss)
}

/** A gan of the plane in which D sees so, and ends in an activation. */
export const ganSeeing = (
  loss: Loss,
  { view, flips, samples, change }: Seeing,
  end: 'linear' | 'softplus' = 'linear',
): GameSpec => {
  // The number of samples in a pack is not known to the types here, so that any size passes.
  const scores = dense(1)(input([2 * samples]))
  return gan({
    ...rest,
    generator: pipe(input([16]), dense(2)),
    discriminator: end === 'softplus' ? softplus(scores) : scores,
    packing: samples as number,
    loss: changes[change](flipped(flips, loss)),
    views: seenThrough[view],
  })
}
