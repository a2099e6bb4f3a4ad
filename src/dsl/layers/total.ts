import * as t from '#io-ts'
import { struct } from '../../codecs/struct.ts'
import type { Shape } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { Called, Net } from '../networks/net.ts'
import type { Shapes, WithLast } from '../types/shape.ts'
import type { LayerDefinition } from './layer.ts'
import { checkHasAxis, rule } from './rule.ts'

export interface TotalLayer {
  readonly type: 'total'
}

/**
 * The sum along the last axis, which keeps size 1: `[..., n] -> [..., 1]`.
 *
 * @example pipe(input([64]), total)
 */
export const total = <I extends Shapes = Called, S extends Shape = Shape>(net?: Net<I, S>): Net<I, WithLast<S, 1>> =>
  append({ type: 'total' })(net)

export const totalDefinition: LayerDefinition<TotalLayer, 1> = {
  codec: () => struct({ type: t.literal('total') }),
  arity: 1,
  mixesSamples: false,
  shape: (_, [x]) => rule([checkHasAxis(x)], [...x.slice(0, -1), 1]),
  parameters: () => ({}),
  slots: () => ({}),
  lower: (_, { builder: b }, [x]) => {
    const leading = b.shape(x).slice(0, -1)
    return b.reshape(b.sum(x, [leading.length]), [...leading, 1])
  },
}
