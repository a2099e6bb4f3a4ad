import * as t from '#io-ts'
import { checkSizes } from '../../codecs/argument.ts'
import { shape } from '../../codecs/lists.ts'
import { struct } from '../../codecs/struct.ts'
import { type Shape, size } from '../../ir/program.ts'
import type { Initializer } from '../initializers/initializer.ts'
import { initializerKind } from '../initializers/initializer.ts'
import { leaf } from '../networks/graph.ts'
import type { Net, NoInputs } from '../networks/net.ts'
import { checkShape } from '../types/checkShape.ts'
import { type Listed, listed, type Mutable } from '../types/shape.ts'
import type { LayerDefinition } from './layer.ts'
import { rule } from './rule.ts'

/** A layer that is only a trained tensor. */
export interface ParameterLayer {
  readonly type: 'parameter'
  readonly shape: Shape
  readonly init: Initializer
}

/**
 * A network without inputs that is a trained tensor of this shape: the Dirac-GAN's theta, a tabular discriminator, a mixed strategy, or
 * StyleGAN's constant input.
 *
 * @example pipe(parameter([4, 4, 64], init.normal(1)), conv2d({ filters: 32, kernel: 3 }), relu)
 */
export const parameter = <const S extends Listed>(shape: S, init: Initializer): Net<NoInputs, Mutable<S>> => {
  checkSizes('parameter', shape, 'parameter([], init.zeros)')
  return leaf({ type: 'parameter', shape: listed(shape), init })
}

export const parameterDefinition: LayerDefinition<ParameterLayer, 0> = {
  codec: () => struct({ type: t.literal('parameter'), shape, init: initializerKind.codec }),
  arity: 0,
  mixesSamples: false,
  shape: ({ shape }) => rule([checkShape(shape)], shape),
  // As a matrix to its last axis; a single number is a matrix of one.
  parameters: ({ shape, init }) => ({
    value: { shape, init, fanIn: size(shape.slice(0, -1)), fanOut: size(shape.slice(-1)) },
  }),
  slots: () => ({}),
  lower: ({ shape }, { builder, batch, parameter }) => builder.broadcast(parameter('value'), [batch, ...shape]),
}
