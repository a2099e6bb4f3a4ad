import * as t from '#io-ts'
import { struct } from '../../codecs/struct.ts'
import type { Shape } from '../../ir/program.ts'
import { join } from '../networks/graph.ts'
import type { Beside, Inputs, Net } from '../networks/net.ts'
import { unbounded } from '../types/bounds.ts'
import type { Agree, Shapes, Show } from '../types/shape.ts'
import type { LayerDefinition } from './layer.ts'
import { checkEqual, rule } from './rule.ts'

export interface AddLayer {
  readonly type: 'add'
}

type Adds<I extends Shapes, A extends Shape, J extends Shapes, B extends Shape> =
  Agree<A, B> extends true ? Beside<I, J, Net<J, B>> : `addOutputs adds equal shapes, not ${Show<A>} and ${Show<B>}`

/**
 * Two networks side by side, their outputs, of one shape, added: `share((h) => addOutputs(h, pipe(h, ...)))` is a residual block.
 *
 * @example addOutputs(pipe(input([2]), dense(8)), pipe(input([2]), dense(8), tanh))
 */
export const addOutputs = <I extends Shapes, A extends Shape, J extends Shapes, B extends Shape>(
  a: Net<I, A>,
  b: Adds<I, A, J, B>,
): Net<Inputs<I, J>, A> => join({ type: 'add' }, 'addOutputs')(a, b)

export const addDefinition: LayerDefinition<AddLayer, 2> = {
  codec: () => struct({ type: t.literal('add') }),
  arity: 2,
  mixesSamples: false,
  shape: (_, [a, b]) => rule([checkEqual(a, b)], a),
  bounds: (_, [[a, b] = unbounded, [c, d] = unbounded]) => [a + c, b + d],
  parameters: () => ({}),
  slots: () => ({}),
  lower: (_, { builder }, [x, other]) => builder.add(x, other),
}
