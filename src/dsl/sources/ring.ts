import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { countable, nonNegative, positive } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import { mixtureOfGaussians } from './gaussians.ts'
import type { Labelled } from './labels.ts'
import type { Source, SourceDefinition } from './source.ts'

/** Equal Gaussians at equal angles on a circle around the origin. The first one is on the positive first axis. */
export interface Ring {
  readonly type: 'ring'
  readonly modes: number
  readonly radius: number
  readonly std: number
  readonly labels?: true
}

const codec = () =>
  struct({ type: t.literal('ring'), modes: countable, radius: nonNegative, std: positive }, { labels: t.literal(true) })

/**
 * Equal Gaussians at equal angles on a circle around the origin. `x: [2]` and, with `labels: true`, `label`: the mode, one-hot.
 *
 * @example const data = source('data', ring({ modes: 8, radius: 2, std: 0.02 }))
 */
export const ring = <M extends number, L extends boolean = false>(options: {
  readonly modes: M
  readonly radius: number
  readonly std: number
  readonly labels?: L
}): Source<Labelled<L, [2], M>> => {
  checkOptions<Omit<Ring, 'type'>>('ring', options, {
    modes: 'required',
    radius: 'required',
    std: 'required',
    labels: 'optional',
  })
  return {
    type: 'ring',
    modes: options.modes,
    radius: options.radius,
    std: options.std,
    ...(options.labels === true && { labels: true }),
  }
}

export const ringDefinition: SourceDefinition<Ring> = /* @__PURE__ */ mixtureOfGaussians<Ring>(
  codec,
  ({ modes, radius, std }) =>
    Array.from({ length: modes }, (_, mode) => {
      const angle = (2 * Math.PI * mode) / modes
      return { mean: [radius * Math.cos(angle), radius * Math.sin(angle)], std: [std, std], weight: 1 / modes }
    }),
  () => [],
)
