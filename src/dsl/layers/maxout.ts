import * as t from '#io-ts'
import { checkNumber } from '../../codecs/argument.ts'
import { count } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import { lastSize } from '../../ir/axes.ts'
import type { Shape } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { Net } from '../networks/net.ts'
import type { DividedLast, Shapes } from '../types/shape.ts'
import type { LayerDefinition } from './layer.ts'
import { checkHasAxis, checkMultiple, checkSize, rule } from './rule.ts'

export interface MaxoutLayer {
  readonly type: 'maxout'
  /** The number of adjacent numbers along the last axis whose maximum is taken. */
  readonly pieces: number
}

/**
 * Maxout (Goodfellow et al. 2013, section 3): the maximum of every `pieces` adjacent numbers along the last axis,
 * `[..., n] -> [..., n / pieces]`. `pipe(x, dense(240 * 5), maxout(5))` has 240 units of 5 linear pieces each.
 *
 * @example pipe(input([2]), dense(128), maxout(4), dense(1))
 */
export const maxout = <P extends number>(pieces: P) => {
  checkNumber('maxout', 'pieces', pieces, 'Write maxout(2).')
  return <I extends Shapes, S extends Shape>(net: Net<I, S>): Net<I, DividedLast<S, P>> =>
    append({ type: 'maxout', pieces })(net)
}

export const maxoutDefinition: LayerDefinition<MaxoutLayer, 1> = {
  codec: () => struct({ type: t.literal('maxout'), pieces: count }),
  arity: 1,
  mixesSamples: false,
  shape: ({ pieces }, [x]) => {
    const checks = [checkSize('pieces', pieces), checkHasAxis(x) ?? checkMultiple('channels', lastSize(x), pieces)]
    return rule(checks, () => [...x.slice(0, -1), lastSize(x) / pieces])
  },
  bounds: (_, [x]) => x,
  parameters: () => ({}),
  slots: () => ({}),
  lower: ({ pieces }, { builder: b }, [x]) => {
    const shape = b.shape(x)
    const [leading, n] = [shape.slice(0, -1), lastSize(shape)]
    return b.max(b.reshape(x, [...leading, n / pieces, pieces]), [shape.length])
  },
}
