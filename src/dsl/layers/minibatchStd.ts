import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { count } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import { batched, lastSize } from '../../ir/axes.ts'
import { type Shape, size } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { Net } from '../networks/net.ts'
import type { Joined, Shapes, WithLast } from '../types/shape.ts'
import type { LayerDefinition } from './layer.ts'
import { checkHasAxis, checkSize, rule } from './rule.ts'

export interface MinibatchStdLayer {
  readonly type: 'minibatchStd'
  /** The number of samples in a group; 4 by default. */
  readonly group?: number
}

/**
 * Minibatch standard deviation (Karras et al. 2018, section 3): appends one channel, `[..., c] -> [..., c + 1]`, with one number per group
 * of samples: the standard deviation over the group (sqrt(variance + 1e-8)) of each feature, averaged over all features. The group
 * size is the largest divisor of the batch size that is at most `group`. With m groups, samples i, i + m, i + 2 m, ... form a group.
 * A sample's result depends on its batch.
 *
 * @example pipe(input([2]), dense(64), relu, minibatchStd(), dense(1))
 */
export const minibatchStd = (options: { readonly group?: number } = {}) => {
  checkOptions<{ readonly group?: number }>('minibatchStd', options, { group: 'optional' })
  return <I extends Shapes, S extends Shape>(net: Net<I, S>): Net<I, Joined<S, WithLast<S, 1>>> =>
    append({ type: 'minibatchStd', ...options })(net)
}

/** The largest divisor of n that is at most `group`. */
const groupSize = (n: number, group: number): number => (n % group === 0 ? group : groupSize(n, group - 1))

export const minibatchStdDefinition: LayerDefinition<MinibatchStdLayer, 1> = {
  codec: () => struct({ type: t.literal('minibatchStd') }, { group: count }),
  arity: 1,
  mixesSamples: 'always',
  shape: ({ group = 4 }, [x]) =>
    rule([checkSize('group', group), checkHasAxis(x)], () => [...x.slice(0, -1), lastSize(x) + 1]),
  parameters: () => ({}),
  degenerate: ({ group = 4 }, { batch }) =>
    groupSize(batch, Math.min(group, batch)) === 1
      ? {
          leaves: 'something',
          message: `compares no samples, because a batch of ${batch} gives groups of one: the number it appends is always 0.0001`,
          hint: group === 1 ? 'Set group to 2 or more.' : `Make batch a multiple of ${group}, the size of a group.`,
        }
      : undefined,
  slots: () => ({}),
  lower: ({ group = 4 }, { builder: b }, [x]) => {
    const [batch, ...shape] = batched(b.shape(x))
    const members = groupSize(batch, Math.min(group, batch))
    const groups = batch / members
    const grouped = b.reshape(x, [members, groups, size(shape)])
    const variance = b.mean(b.square(b.sub(grouped, b.mean(grouped, [0]))), [0])
    const deviation = b.mean(b.sqrt(b.add(variance, b.number(1e-8))), [1])
    const leading = shape.slice(0, -1)
    const spread = b.broadcast(b.reshape(deviation, [groups, ...leading.map(() => 1), 1]), [
      members,
      groups,
      ...leading,
      1,
    ])
    return b.concat([x, b.reshape(spread, [batch, ...leading, 1])], shape.length)
  },
}
