import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { finite } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import { append } from '../networks/graph.ts'
import type { Same } from '../networks/net.ts'
import { constantOf } from '../terms/ranges.ts'
import type { LayerDefinition } from './layer.ts'
import { checkHasAxis, rule } from './rule.ts'

interface TruncationOptions {
  /** The decay of the running mean; 0.995 by default. */
  readonly decay?: number
  /** The share of the distance from the mean that samples keep; 1 by default. */
  readonly psi?: number
}

export interface TruncationLayer extends TruncationOptions {
  readonly type: 'truncation'
}

/**
 * The last layer of a mapping network, for truncation (Karras et al. 2019, appendix B). In sampling it returns mean + psi (x - mean). In
 * training it returns x, and updates the running mean. `saddle sample --truncation 0.7` sets psi for a set of samples: a smaller psi
 * gives more typical and less varied samples.
 *
 * @example pipe(input([16]), dense(16), relu, truncation())
 */
export const truncation = (options: TruncationOptions = {}): Same => {
  checkOptions<TruncationOptions>('truncation', options, { decay: 'optional', psi: 'optional' })
  return append({ type: 'truncation', ...options })
}

const checkTruncation = ({ decay = 0.995, psi = 1 }: TruncationLayer): Problem | undefined =>
  decay >= 0 && decay < 1 && Number.isFinite(psi)
    ? undefined
    : {
        expected: 'a decay of at least 0 and below 1, and a finite psi',
        found: `decay ${decay}, psi ${psi}`,
        hint: 'Omit an option to use its default: decay 0.995, psi 1.',
      }

export const truncationDefinition: LayerDefinition<TruncationLayer, 1> = {
  codec: () => struct({ type: t.literal('truncation') }, { decay: constantOf('decay'), psi: finite }),
  arity: 1,
  mixesSamples: false,
  shape: (layer, [x]) => rule([checkTruncation(layer), checkHasAxis(x)], x),
  parameters: () => ({}),
  slots: (_, [x]) => ({ mean: { shape: x, initial: 0 } }),
  lower: ({ decay = 0.995, psi = 1 }, { builder: b, training, slot, feed }, [x]) => {
    const mean = slot('mean')
    if (!training) return psi === 1 ? x : b.add(mean, b.mul(b.sub(x, mean), b.number(psi)))
    const now = b.mean(x, [0])
    feed('mean', b.add(b.mul(mean, b.number(decay)), b.mul(now, b.number(1 - decay))))
    return x
  },
}
