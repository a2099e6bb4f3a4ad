import * as t from '#io-ts'
import { struct } from '../../codecs/struct.ts'
import { lastSize } from '../../ir/axes.ts'
import { size } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { Same } from '../networks/net.ts'
import type { LayerDefinition } from './layer.ts'
import { degenerateNorm, normaliseOver, scaleAndShift, scaled } from './normalise.ts'
import { checkHasAxis, rule } from './rule.ts'

export interface LayerNormLayer {
  readonly type: 'layerNorm'
}

/**
 * Layer norm (Ba, Kiros and Hinton 2016): normalises all numbers of a sample to mean 0 and variance 1, then applies a trained scale and
 * shift per channel (of the last axis). Gulrajani et al. 2017 use it in critics. Does not mix samples.
 *
 * @example pipe(input([2]), dense(64), layerNorm, relu, dense(1))
 */
export const layerNorm: Same = /* @__PURE__ */ append({ type: 'layerNorm' })

export const layerNormDefinition: LayerDefinition<LayerNormLayer, 1> = {
  codec: () => struct({ type: t.literal('layerNorm') }),
  arity: 1,
  mixesSamples: false,
  shape: (_, [x]) => rule([checkHasAxis(x)], x),
  parameters: (_, [x]) => scaleAndShift(lastSize(x)),
  degenerate: (_, { inputs: [x] }) => degenerateNorm(size(x), 'Take it out, or give it more numbers to normalise.'),
  slots: () => ({}),
  lower: (_, context, [x]) => {
    const { builder: b } = context
    const axes = b
      .shape(x)
      .slice(1)
      .map((_, axis) => axis + 1)
    return scaled(context, normaliseOver(b, x, axes))
  },
}
