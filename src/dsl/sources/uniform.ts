import * as t from '#io-ts'
import { checkOptions, checkSizes } from '../../codecs/argument.ts'
import { shape } from '../../codecs/lists.ts'
import { finite } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import { float32At } from '../../ir/elements.ts'
import { type Shape, size } from '../../ir/program.ts'
import { type Listed, listed, type Mutable } from '../types/shape.ts'
import { float32Within, spreadOver } from './interval.ts'
import type { Source, SourceDefinition } from './source.ts'

/** Noise: independent numbers, uniform on [low, high): float32 numbers of at least `low` and below `high`. */
export interface Uniform {
  readonly type: 'uniform'
  readonly shape: Shape
  readonly low: number
  readonly high: number
}

/** The default options. */
const usual = { low: -1, high: 1 }

/**
 * Noise: independent uniform numbers, by default on [-1, 1), as the latent of Radford, Metz and Chintala 2015. `x` has the given shape.
 *
 * @example const latent = source('latent', uniform([16], { low: -1, high: 1 }))
 */
export const uniform = <const S extends Listed>(
  shape: S,
  options: { readonly low?: number; readonly high?: number } = {},
): Source<{ readonly x: Mutable<S> }> => {
  checkSizes('uniform', shape)
  checkOptions<{ readonly low?: number; readonly high?: number }>(
    'uniform',
    options,
    { low: 'optional', high: 'optional' },
    'uniform([2], {})',
  )
  return { type: 'uniform', shape: listed(shape), low: options.low ?? usual.low, high: options.high ?? usual.high }
}

const check = ({ low, high }: Uniform): readonly Problem[] => {
  if (low >= high)
    return [
      { expected: 'low below high', found: `low ${low} and high ${high}`, hint: 'Give the smaller number as low.' },
    ]
  return float32Within(low, high) === undefined
    ? [
        {
          expected: 'bounds with a float32 number of at least low and below high',
          found: `low ${low} and high ${high}`,
          hint: 'Draws are float32, of 24 binary digits and up to 3.4e38: move the bounds apart, or nearer to 0.',
        },
      ]
    : []
}

export const uniformDefinition: SourceDefinition<Uniform> = {
  role: 'noise',
  codec: () => struct({ type: t.literal('uniform'), shape, low: finite, high: finite }),
  check,
  fields: (source) => ({ x: source.shape }),
  bounds: ({ low, high }) => [low, high],
  supply: {
    type: 'generate',
    generate: ({ low, high }) => {
      const spread = spreadOver(low, high)
      return (_count, random, { x }) => {
        if (x === undefined) return
        random.uniform(x)
        for (let i = 0; i < x.length; i++) x[i] = spread(float32At(x, i))
      }
    },
  },
  logDensity:
    ({ shape, low, high }) =>
    (x) =>
      x.every((value) => value >= low && value < high) ? -size(shape) * Math.log(high - low) : -Infinity,
}
