import * as t from '#io-ts'
import { struct } from '../../codecs/struct.ts'
import type { Shape } from '../../ir/program.ts'
import { join } from '../networks/graph.ts'
import type { Beside, Inputs, Net } from '../networks/net.ts'
import { product } from '../types/bounds.ts'
import type { Agree, Shapes, Show } from '../types/shape.ts'
import type { LayerDefinition } from './layer.ts'
import { checkEqual, rule } from './rule.ts'

export interface MultiplyLayer {
  readonly type: 'multiply'
}

type Multiplies<I extends Shapes, A extends Shape, J extends Shapes, B extends Shape> =
  Agree<A, B> extends true
    ? Beside<I, J, Net<J, B>>
    : `multiplyOutputs multiplies equal shapes, not ${Show<A>} and ${Show<B>}`

/**
 * Two networks side by side, their outputs, of one shape, multiplied element by element: a gate, `multiplyOutputs(h, pipe(h, ..., sigmoid))`.
 *
 * @example multiplyOutputs(pipe(input([2]), dense(8)), pipe(input([2]), dense(8), sigmoid))
 */
export const multiplyOutputs = <I extends Shapes, A extends Shape, J extends Shapes, B extends Shape>(
  a: Net<I, A>,
  b: Multiplies<I, A, J, B>,
): Net<Inputs<I, J>, A> => join({ type: 'multiply' }, 'multiplyOutputs')(a, b)

export const multiplyDefinition: LayerDefinition<MultiplyLayer, 2> = {
  codec: () => struct({ type: t.literal('multiply') }),
  arity: 2,
  mixesSamples: false,
  shape: (_, [a, b]) => rule([checkEqual(a, b)], a),
  bounds: (_, [x, y]) => product(x, y),
  parameters: () => ({}),
  slots: () => ({}),
  lower: (_, { builder }, [x, other]) => builder.mul(x, other),
}
