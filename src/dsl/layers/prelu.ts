import * as t from '#io-ts'
import { struct } from '../../codecs/struct.ts'
import { lastSize } from '../../ir/axes.ts'
import { append } from '../networks/graph.ts'
import type { Same } from '../networks/net.ts'
import type { LayerDefinition } from './layer.ts'
import { checkHasAxis, rule } from './rule.ts'

export interface PreluLayer {
  readonly type: 'prelu'
}

/**
 * PReLU (He et al. 2015, equation 1): x above 0, else a x, with a trained slope a per channel (of the last axis), initially 1/4.
 *
 * @example pipe(input([2]), dense(64), prelu, dense(1))
 */
export const prelu: Same = /* @__PURE__ */ append({ type: 'prelu' })

export const preluDefinition: LayerDefinition<PreluLayer, 1> = {
  codec: () => struct({ type: t.literal('prelu') }),
  arity: 1,
  mixesSamples: false,
  shape: (_, [x]) => rule([checkHasAxis(x)], x),
  parameters: (_, [x]) => ({
    slope: { shape: [lastSize(x)], init: { type: 'constant', value: 0.25 }, fanIn: 1, fanOut: 1 },
  }),
  slots: () => ({}),
  lower: (_, { builder: b, parameter }, [x]) => {
    return b.sub(b.relu(x), b.mul(parameter('slope'), b.relu(b.neg(x))))
  },
}
