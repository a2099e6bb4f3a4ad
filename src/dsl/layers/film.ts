import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import { batched, lastSize, sizes } from '../../ir/axes.ts'
import { type NodeId, type Shape, showShape } from '../../ir/program.ts'
import { join } from '../networks/graph.ts'
import type { Beside, Inputs, Net } from '../networks/net.ts'
import type { Shapes } from '../types/shape.ts'
import type { LayerContext, LayerDefinition } from './layer.ts'
import { checkHasAxis, rule } from './rule.ts'
import type { Kernel } from './weightRule.ts'
import {
  biasOf,
  biasParameter,
  checkWeights,
  kernelOf,
  kernelParameters,
  type WeightOptions,
  weightOptionFields,
  weightOptions,
  weightSlots,
} from './weights.ts'

export interface FilmLayer extends WeightOptions {
  readonly type: 'film'
}

/**
 * FiLM (Perez et al. 2018, equation 2): scales and shifts the channels (of the last axis) of one network by the output of another,
 * `[..., c]` and `[n] -> [..., c]`. x becomes (1 + scale) x + shift, where scale and shift are affine functions of a vector, such as a
 * label or a style: `n x c` Glorot weights each, zero biases.
 *
 * @example film(pipe(input([16], 'z'), dense(64)), pipe(input([10], 'label'), dense(32)))
 */
export const film = <I extends Shapes, A extends Shape, J extends Shapes, B extends Shape>(
  x: Net<I, A>,
  by: Beside<I, J, Net<J, B>>,
  options: WeightOptions = {},
): Net<Inputs<I, J>, A> => {
  checkOptions<WeightOptions>('film', options, weightOptionFields, 'film(x, by, {})')
  return join({ type: 'film', ...options })(x, by)
}

export const checkVector = (by: Shape): Problem | undefined =>
  by.length === 1
    ? undefined
    : {
        expected: 'a vector that determines scale and shift, [n]',
        found: showShape(by),
        hint: 'End the second network with flatten.',
      }

type Name = 'scale' | 'shift'
const names: readonly Name[] = ['scale', 'shift']

const kernel = (name: Name, x: Shape, by: Shape): Kernel => {
  const [[n], channels] = [sizes(by, 1), lastSize(x)]
  return { name, shape: [n, channels], fanIn: n, fanOut: channels }
}
const biasName = (name: Name): string => `${name}Bias`

const merged = <A>(parts: readonly { readonly [name: string]: A }[]): { readonly [name: string]: A } =>
  Object.assign({}, ...parts)

/** One number per channel and sample, affine in the vector, with axes of size 1 in between. */
const linear = (layer: FilmLayer, context: LayerContext, name: Name, x: Shape, by: NodeId): NodeId => {
  const { builder: b } = context
  const [batch, ...vector] = batched(b.shape(by))
  const made = b.matmul(by, kernelOf(layer, context, kernel(name, x, vector)))
  const biased = layer.bias === false ? made : b.add(made, biasOf(layer, context, biasName(name)))
  return b.reshape(biased, [batch, ...x.slice(0, -1).map(() => 1), lastSize(x)])
}

export const filmDefinition: LayerDefinition<FilmLayer, 2> = {
  codec: () => struct({ type: t.literal('film') }, weightOptions()),
  arity: 2,
  mixesSamples: false,
  weighted: true,
  shape: (layer, [x, by]) => rule([checkHasAxis(x), checkVector(by), checkWeights(layer)], x),
  parameters: (layer, [x, by]) =>
    merged(
      names.map((name) => ({
        ...kernelParameters(layer, kernel(name, x, by)),
        ...(layer.bias === false ? {} : { [biasName(name)]: biasParameter(kernel(name, x, by), lastSize(x)) }),
      })),
    ),
  slots: (layer, [x, by]) => merged(names.map((name) => weightSlots(layer, kernel(name, x, by)))),
  lower: (layer, context, [x, by]) => {
    const { builder: b } = context
    const shape = b.shape(x).slice(1)
    const scale = b.add(linear(layer, context, 'scale', shape, by), b.number(1))
    return b.add(b.mul(x, scale), linear(layer, context, 'shift', shape, by))
  },
}
