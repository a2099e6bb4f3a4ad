import * as t from '#io-ts'
import { at } from '../../ir/ops/op.ts'
import { type Shape, showShape } from '../../ir/program.ts'
import type { Add } from '../arith.ts'
import { count } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import type { Problem } from '../errors.ts'
import { append } from '../graph.ts'
import type { Initializer } from '../initializer.ts'
import { initializerCodec } from '../initializers.ts'
import type { Net } from '../net.ts'
import type { Shapes } from '../shape.ts'
import type { LayerDefinition } from './layer.ts'
import { checkSize, rule } from './rule.ts'

export interface MinibatchDiscriminationLayer {
  readonly type: 'minibatchDiscrimination'
  /** Numbers that are added to each sample: B in the paper. */
  readonly features: number
  /** Numbers that samples are compared by, for each of those: C in the paper. */
  readonly dimensions: number
  /** How the comparing matrix starts; Glorot's initialiser where absent. */
  readonly init?: Initializer
}

type Options<B extends number> = Omit<MinibatchDiscriminationLayer, 'type' | 'features'> & { readonly features: B }
type Widened<S extends Shape, B extends number> = S extends readonly [infer A extends number] ? [Add<A, B>] : [number]

/**
 * How close each sample is to those of its batch, beside its own numbers: `[a] -> [a + features]`. With M_i = x_i T, a matrix of
 * `features` rows of `dimensions` numbers, feature b of sample i is the sum over all samples j, i too, of
 * exp(-|M_ib - M_jb|_1). Salimans et al. 2016, section 3.2. A sample's result depends on its batch, and a batch of n takes memory
 * for n^2 comparisons.
 */
export const minibatchDiscrimination =
  <B extends number>(options: Options<B>) =>
  <I extends Shapes, S extends Shape>(net: Net<I, S>): Net<I, Widened<S, B>> =>
    append({ type: 'minibatchDiscrimination', ...options })(net)

const checkVector = (x: Shape): Problem | undefined =>
  x.length === 1
    ? undefined
    : { expected: 'a vector', found: showShape(x), hint: 'Put flatten before minibatchDiscrimination.' }

export const minibatchDiscriminationDefinition: LayerDefinition<MinibatchDiscriminationLayer> = {
  codec: struct(
    { type: t.literal('minibatchDiscrimination'), features: count, dimensions: count },
    { init: initializerCodec },
  ),
  arity: 1,
  mixesSamples: true,
  shape: ({ features, dimensions }, [x = []]) =>
    rule(
      [checkSize('features', features), checkSize('dimensions', dimensions), checkVector(x)],
      [(x[0] ?? 0) + features],
    ),
  parameters: ({ features, dimensions, init = { type: 'glorot' } }, [[fanIn = 1] = []]) => {
    const fanOut = features * dimensions
    return { kernel: { shape: [fanIn, fanOut], init, fanIn, fanOut } }
  },
  slots: () => ({}),
  lower: ({ features, dimensions }, { builder: b, parameter }, inputs) => {
    const x = at(inputs, 0)
    const batch = at(b.shape(x), 0)
    const m = b.matmul(x, parameter('kernel'))
    const distance = b.abs(
      b.sub(b.reshape(m, [batch, 1, features, dimensions]), b.reshape(m, [1, batch, features, dimensions])),
    )
    const closeness = b.exp(b.neg(b.sum(distance, [3])))
    return b.concat([x, b.sum(closeness, [1])], 1)
  },
}
