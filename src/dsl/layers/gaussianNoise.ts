import * as t from '#io-ts'
import { checkNumber } from '../../codecs/argument.ts'
import { nonNegative } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import { append } from '../networks/graph.ts'
import type { Same } from '../networks/net.ts'
import type { LayerDefinition } from './layer.ts'
import { rule } from './rule.ts'

export interface GaussianNoiseLayer {
  readonly type: 'gaussianNoise'
  readonly std: number
}

/**
 * Adds independent normal noise of standard deviation `std` in training, and nothing in sampling. At the input of a discriminator it is
 * instance noise (Sønderby et al. 2017; Arjovsky and Bottou 2017). Each named application of a network has its own noise.
 *
 * @example pipe(input([2]), gaussianNoise(0.1), dense(64), relu, dense(1))
 */
export const gaussianNoise = (std: number): Same => {
  checkNumber('gaussianNoise', 'std', std, 'Write gaussianNoise(0.1).')
  return append({ type: 'gaussianNoise', std })
}

const checkStd = (std: number): Problem | undefined =>
  Number.isFinite(std) && std >= 0
    ? undefined
    : { expected: 'a standard deviation of at least 0', found: `${std}`, hint: 'A common value is 0.1.' }

export const gaussianNoiseDefinition: LayerDefinition<GaussianNoiseLayer, 1> = {
  codec: () => struct({ type: t.literal('gaussianNoise'), std: nonNegative }),
  arity: 1,
  mixesSamples: false,
  draws: true,
  shape: ({ std }, [x]) => rule([checkStd(std)], x),
  parameters: () => ({}),
  slots: () => ({}),
  lower: ({ std }, { builder: b, training, normal }, [x]) => {
    return training && std > 0 ? b.add(x, b.mul(normal(b.shape(x).slice(1)), b.number(std))) : x
  },
}
