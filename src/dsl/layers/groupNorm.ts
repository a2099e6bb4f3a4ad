import * as t from '#io-ts'
import { checkNumber } from '../../codecs/argument.ts'
import { count } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import { lastSize } from '../../ir/axes.ts'
import { type Shape, size } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { Same } from '../networks/net.ts'
import type { LayerDefinition } from './layer.ts'
import { degenerateNorm, innerAxes, normaliseOver, scaleAndShift, scaled } from './normalise.ts'
import { checkHasAxis, checkSize, rule } from './rule.ts'

export interface GroupNormLayer {
  readonly type: 'groupNorm'
  /** The number of groups. It must divide the number of channels. */
  readonly groups: number
}

/**
 * Group norm (Wu and He 2018, equations 1, 2 and 7): normalises each sample to mean 0 and variance 1 over groups of adjacent channels and
 * all axes before, then applies a trained scale and shift per channel. One group gives `layerNorm`, one group per channel gives
 * `instanceNorm`. Does not mix samples.
 *
 * @example pipe(input([28, 28, 1]), conv2d({ filters: 32, kernel: 3 }), groupNorm(8), relu)
 */
export const groupNorm = (groups: number): Same => {
  checkNumber('groupNorm', 'groups', groups, 'Write groupNorm(8).')
  return append({ type: 'groupNorm', groups })
}

const checkDivides = ({ groups }: GroupNormLayer, x: Shape): Problem | undefined =>
  lastSize(x) % groups === 0
    ? undefined
    : {
        expected: `channels in ${groups} groups of one size`,
        found: `${x.at(-1)} channels`,
        hint: 'Give a number of groups that divides the number of channels.',
      }

export const groupNormDefinition: LayerDefinition<GroupNormLayer, 1> = {
  codec: () => struct({ type: t.literal('groupNorm'), groups: count }),
  arity: 1,
  mixesSamples: false,
  shape: (layer, [x]) => rule([checkSize('groups', layer.groups) ?? checkHasAxis(x) ?? checkDivides(layer, x)], x),
  parameters: (_, [x]) => scaleAndShift(lastSize(x)),
  degenerate: ({ groups }, { inputs: [x] }) =>
    degenerateNorm(size(x) / groups, 'Give it fewer groups, or take it out.'),
  slots: () => ({}),
  lower: ({ groups }, context, [x]) => {
    const { builder: b } = context
    const shape = b.shape(x)
    const grouped = b.reshape(x, [...shape.slice(0, -1), groups, lastSize(shape) / groups])
    const normal = normaliseOver(b, grouped, [...innerAxes(shape), shape.length])
    return scaled(context, b.reshape(normal, shape))
  },
}
