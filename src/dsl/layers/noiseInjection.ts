import * as t from '#io-ts'
import { struct } from '../../codecs/struct.ts'
import { lastSize } from '../../ir/axes.ts'
import { append } from '../networks/graph.ts'
import type { Same } from '../networks/net.ts'
import type { LayerDefinition } from './layer.ts'
import { checkHasAxis, rule } from './rule.ts'

export interface NoiseInjectionLayer {
  readonly type: 'noiseInjection'
}

/**
 * Noise injection (Karras et al. 2019, figure 1b): adds a standard normal number per pixel, times a trained strength per channel, which
 * starts at 0. Active in training and in sampling. Each named application of a network has its own noise.
 *
 * @example pipe(input([8, 8, 16]), conv2d({ filters: 16, kernel: 3 }), noiseInjection, leakyRelu(0.2))
 */
export const noiseInjection: Same = /* @__PURE__ */ append({ type: 'noiseInjection' })

export const noiseInjectionDefinition: LayerDefinition<NoiseInjectionLayer, 1> = {
  codec: () => struct({ type: t.literal('noiseInjection') }),
  arity: 1,
  mixesSamples: false,
  draws: true,
  shape: (_, [x]) => rule([checkHasAxis(x)], x),
  parameters: (_, [x]) => ({
    strength: { shape: [lastSize(x)], init: { type: 'zeros' }, fanIn: 1, fanOut: 1 },
  }),
  slots: () => ({}),
  lower: (_, { builder: b, parameter, normal }, [x]) => {
    return b.add(x, b.mul(normal([...b.shape(x).slice(1, -1), 1]), parameter('strength')))
  },
}
