import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { choice } from '../../codecs/choice.ts'
import { list, nonEmptyList } from '../../codecs/lists.ts'
import { finite, positive } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import type { Shape } from '../../ir/program.ts'
import { mixtureOfGaussians } from './gaussians.ts'
import type { Source, SourceDefinition } from './source.ts'

/** One Gaussian with independent axes. */
export interface Gaussian {
  readonly type: 'gaussian'
  /** The mean. A number is a mean on the line. */
  readonly mean: number | readonly number[]
  /** The standard deviation: one for all axes, or one per axis. */
  readonly std: number | readonly number[]
}

const codec = () =>
  struct({
    type: t.literal('gaussian'),
    mean: choice(
      'a number, or a list of one per axis',
      finite,
      nonEmptyList(finite, 'a list of numbers, one at least'),
    ),
    std: choice('a number above 0, or one per axis', positive, list(positive, 'a list of numbers above 0')),
  })

/**
 * A Gaussian with independent axes. `x: [axes]`; `[1]` if the mean is a number.
 *
 * @example const data = source('data', gaussian({ mean: [0, 3], std: 0.5 }))
 */
export const gaussian = <const M extends number | Shape>(options: {
  readonly mean: M
  readonly std: number | readonly number[]
}): Source<{ readonly x: [M extends Shape ? M['length'] : 1] }> => {
  checkOptions<Omit<Gaussian, 'type'>>('gaussian', options, { mean: 'required', std: 'required' })
  return {
    type: 'gaussian',
    mean: options.mean,
    std: options.std,
  }
}

const axes = ({ mean }: Gaussian): readonly number[] => (typeof mean === 'number' ? [mean] : mean)

export const gaussianDefinition: SourceDefinition<Gaussian> = /* @__PURE__ */ mixtureOfGaussians<Gaussian>(
  codec,
  (source) => {
    const mean = axes(source)
    const { std } = source
    return [{ mean, std: typeof std === 'number' ? mean.map(() => std) : std, weight: 1 }]
  },
  (source) =>
    typeof source.std === 'number' || source.std.length === axes(source).length
      ? []
      : [
          {
            expected: `${axes(source).length} std, one per axis`,
            found: `${source.std.length}`,
            hint: 'Give as many std as the mean has axes, or one number.',
          },
        ],
)
