import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { count } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import { batched, lastSize, sizes } from '../../ir/axes.ts'
import { type Shape, showShape } from '../../ir/program.ts'
import { append } from '../networks/graph.ts'
import type { Net } from '../networks/net.ts'
import type { Add } from '../types/arith.ts'
import type { Shapes } from '../types/shape.ts'
import type { LayerDefinition } from './layer.ts'
import { checkSize, rule } from './rule.ts'
import type { Kernel } from './weightRule.ts'
import { checkWeights, kernelOf, kernelParameters, type WeightOptions, weightOptions, weightSlots } from './weights.ts'

export interface MinibatchDiscriminationLayer extends Omit<WeightOptions, 'bias'> {
  readonly type: 'minibatchDiscrimination'
  /** The number of features added to each sample: B in the paper. */
  readonly features: number
  /** The number of dimensions in which each feature compares samples: C in the paper. */
  readonly dimensions: number
}

type Options<B extends number> = Omit<MinibatchDiscriminationLayer, 'type' | 'features'> & { readonly features: B }
type Widened<S extends Shape, B extends number> = S extends readonly [infer A extends number] ? [Add<A, B>] : [number]

/**
 * Minibatch discrimination (Salimans et al. 2016, section 3.2): appends features that measure how close a sample is to the others of its
 * batch, `[a] -> [a + features]`. Let M_i = x_i T, a matrix of `features` rows of `dimensions` numbers. Feature b of sample i is the
 * sum of exp(-|M_ib - M_jb|_1) over all samples j, including i. A sample's result depends on its batch. A batch of n needs memory for
 * n^2 comparisons.
 *
 * @example pipe(input([2]), dense(64), relu, minibatchDiscrimination({ features: 16, dimensions: 8 }), dense(1))
 */
export const minibatchDiscrimination = <const B extends number>(options: Options<B>) => {
  checkOptions<Options<number>>('minibatchDiscrimination', options, {
    features: 'required',
    dimensions: 'required',
    init: 'optional',
    weights: 'optional',
  })
  return <I extends Shapes, S extends Shape>(net: Net<I, S>): Net<I, Widened<S, B>> =>
    append({ type: 'minibatchDiscrimination', ...options })(net)
}

const checkVector = (x: Shape): Problem | undefined =>
  x.length === 1
    ? undefined
    : { expected: 'a vector', found: showShape(x), hint: 'Put flatten before minibatchDiscrimination.' }

const kernel = ({ features, dimensions }: MinibatchDiscriminationLayer, x: Shape): Kernel => {
  const [fanIn] = sizes(x, 1)
  const fanOut = features * dimensions
  return { shape: [fanIn, fanOut], fanIn, fanOut }
}

export const minibatchDiscriminationDefinition: LayerDefinition<MinibatchDiscriminationLayer, 1> = {
  codec: () =>
    struct(
      { type: t.literal('minibatchDiscrimination'), features: count, dimensions: count },
      { init: weightOptions().init, weights: weightOptions().weights },
    ),
  arity: 1,
  mixesSamples: 'always',
  weighted: true,
  shape: (layer, [x]) =>
    rule(
      [
        checkSize('features', layer.features),
        checkSize('dimensions', layer.dimensions),
        checkVector(x),
        checkWeights(layer),
      ],
      () => [lastSize(x) + layer.features],
    ),
  parameters: (layer, [x]) => kernelParameters(layer, kernel(layer, x)),
  degenerate: (_, { batch }) =>
    batch === 1
      ? {
          leaves: 'something',
          message: 'compares each sample only with itself, because batch is 1: the numbers it appends are always 1',
          hint: 'Raise batch, or take it out.',
        }
      : undefined,
  slots: (layer, [x]) => weightSlots(layer, kernel(layer, x)),
  lower: (layer, context, [x]) => {
    const { builder: b } = context
    const { features, dimensions } = layer
    const [batch, ...shape] = batched(b.shape(x))
    const m = b.matmul(x, kernelOf(layer, context, kernel(layer, shape)))
    const distance = b.abs(
      b.sub(b.reshape(m, [batch, 1, features, dimensions]), b.reshape(m, [1, batch, features, dimensions])),
    )
    const closeness = b.exp(b.neg(b.sum(distance, [3])))
    return b.concat([x, b.sum(closeness, [1])], 1)
  },
}
