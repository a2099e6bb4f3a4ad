import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { choice } from '../../codecs/choice.ts'
import { list, nonEmptyList, numbers } from '../../codecs/lists.ts'
import { nonNegative, positive } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import type { Problem } from '../../errors/specError.ts'
import { at } from '../../ir/present.ts'
import type { Shape } from '../../ir/program.ts'
import { mixtureOfGaussians } from './gaussians.ts'
import type { Labelled } from './labels.ts'
import type { Source, SourceDefinition } from './source.ts'
import { normalised } from './weights.ts'

/** Isotropic Gaussians about given means. */
export interface Mixture {
  readonly type: 'mixture'
  readonly means: readonly (readonly number[])[]
  /** The standard deviation: one for all components, or one per component. */
  readonly std: number | readonly number[]
  /** Relative weights. Equal by default. */
  readonly weights?: readonly number[]
  readonly labels?: true
}

const codec = () =>
  struct(
    {
      type: t.literal('mixture'),
      means: nonEmptyList(numbers, 'a list of points, one at least'),
      std: choice('a number above 0, or one per component', positive, list(positive, 'a list of numbers above 0')),
    },
    { weights: list(nonNegative, 'a list of numbers of at least 0'), labels: t.literal(true) },
  )

/**
 * A mixture of isotropic Gaussians with these means. `x: [axes]` and, with `labels: true`, `label`: the component, one-hot.
 *
 * @example const data = source('data', mixture({ means: [[-2, 0], [2, 0]], std: 0.1 }))
 */
export const mixture = <const M extends readonly Shape[], L extends boolean = false>(options: {
  readonly means: M
  readonly std: number | readonly number[]
  readonly weights?: readonly number[]
  readonly labels?: L
}): Source<Labelled<L, [M[number]['length']], M['length']>> => {
  checkOptions<Omit<Mixture, 'type'>>('mixture', options, {
    means: 'required',
    std: 'required',
    weights: 'optional',
    labels: 'optional',
  })
  return {
    type: 'mixture',
    means: options.means,
    std: options.std,
    ...(options.weights !== undefined && { weights: options.weights }),
    ...(options.labels === true && { labels: true }),
  }
}

const check = ({ means, std, weights }: Mixture): readonly Problem[] => {
  const axes = at(means, 0).length
  const other = means.findIndex((mean) => mean.length !== axes)
  const perComponent = (field: string, values: number | readonly number[] | undefined): readonly Problem[] =>
    !Array.isArray(values) || values.length === means.length
      ? []
      : [
          {
            expected: `${means.length} ${field}, one per mean`,
            found: `${values.length}`,
            hint: `Give as many ${field} as means.`,
          },
        ]
  return [
    ...(axes === 0
      ? [{ expected: 'means of one coordinate at least', found: 'a mean of none', hint: 'Give coordinates.' }]
      : []),
    ...(other < 0
      ? []
      : [
          {
            expected: `means of ${axes} coordinates, as the first has`,
            found: `${means[other]?.length} in mean ${other} (from 0)`,
            hint: 'Give every mean the same number of coordinates.',
          },
        ]),
    ...perComponent('std', std),
    ...perComponent('weights', weights),
    ...(weights?.every((weight) => weight === 0)
      ? [{ expected: 'weights that are not all 0', found: 'none above 0', hint: 'Give one weight above 0 at least.' }]
      : []),
  ]
}

export const mixtureDefinition: SourceDefinition<Mixture> = /* @__PURE__ */ mixtureOfGaussians<Mixture>(
  codec,
  ({ means, std, weights }) => {
    const shares = normalised(weights ?? means.map(() => 1))
    return means.map((mean, i) => {
      const deviation = typeof std === 'number' ? std : at(std, i)
      return { mean, std: mean.map(() => deviation), weight: at(shares, i) }
    })
  },
  check,
)
