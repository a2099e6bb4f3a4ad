import * as t from '#io-ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import { lastSize } from '../../ir/axes.ts'
import { type Shape, sameShape, showShape } from '../../ir/program.ts'
import { join } from '../networks/graph.ts'
import type { Beside, Inputs, Net } from '../networks/net.ts'
import { hull } from '../types/bounds.ts'
import type { Agree, Joined, Shapes, Show, WithLast } from '../types/shape.ts'
import type { LayerDefinition } from './layer.ts'
import { checkHasAxis, rule } from './rule.ts'

export interface ConcatLayer {
  readonly type: 'concat'
}

type Joins<I extends Shapes, A extends Shape, J extends Shapes, B extends Shape> =
  Agree<WithLast<A, 0>, WithLast<B, 0>> extends true
    ? Beside<I, J, Net<J, B>>
    : `concat joins channels, the other sizes must agree: ${Show<A>} and ${Show<B>}`

/**
 * Concatenates the outputs of two networks along the last axis: `[..., a]` and `[..., b] -> [..., a + b]`. Inputs of the same name are
 * one input.
 *
 * @example pipe(concat(input([2], 'x'), input([8], 'label')), dense(64), relu, dense(1))
 */
export const concat = <I extends Shapes, A extends Shape, J extends Shapes, B extends Shape>(
  a: Net<I, A>,
  b: Joins<I, A, J, B>,
): Net<Inputs<I, J>, Joined<A, B>> => join({ type: 'concat' })(a, b)

const checkBeside = (a: Shape, b: Shape): Problem | undefined =>
  sameShape(a.slice(0, -1), b.slice(0, -1))
    ? undefined
    : {
        expected: 'two shapes that are equal but for the last size',
        found: `${showShape(a)} and ${showShape(b)}`,
        hint: 'Reshape or resize one of them first.',
      }

export const concatDefinition: LayerDefinition<ConcatLayer, 2> = {
  codec: () => struct({ type: t.literal('concat') }),
  arity: 2,
  mixesSamples: false,
  shape: (_, [a, b]) =>
    rule([checkHasAxis(a), checkHasAxis(b), checkBeside(a, b)], () => [...a.slice(0, -1), lastSize(a) + lastSize(b)]),
  bounds: (_, inputs) => hull(inputs),
  parameters: () => ({}),
  slots: () => ({}),
  lower: (_, { builder }, inputs) => builder.concat(inputs, builder.shape(inputs[0]).length - 1),
}
