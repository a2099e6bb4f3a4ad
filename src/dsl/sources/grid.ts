import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { countable, positive } from '../../codecs/numbers.ts'
import { refined } from '../../codecs/refined.ts'
import { struct } from '../../codecs/struct.ts'
import { mixtureOfGaussians } from './gaussians.ts'
import type { Labelled } from './labels.ts'
import type { Source, SourceDefinition } from './source.ts'

/** `side` x `side` equal Gaussians on a square grid around the origin, `spacing` apart, row by row. */
export interface Grid {
  readonly type: 'grid'
  readonly side: number
  readonly spacing: number
  readonly std: number
  readonly labels?: true
}

const codec = () =>
  struct(
    {
      type: t.literal('grid'),
      side: refined(
        'a whole number from 1 to 300',
        countable,
        (n) => n <= 300,
        'Give a number of Gaussians along each side.',
      ),
      spacing: positive,
      std: positive,
    },
    { labels: t.literal(true) },
  )

/**
 * `side` x `side` equal Gaussians on a square grid around the origin, `spacing` apart. `x: [2]` and, with `labels: true`, `label`: the
 * mode, one-hot with side² classes.
 *
 * @example const data = source('data', grid({ side: 5, spacing: 2, std: 0.05 }))
 */
export const grid = <L extends boolean = false>(options: {
  readonly side: number
  readonly spacing: number
  readonly std: number
  readonly labels?: L
}): Source<Labelled<L, [2], number>> => {
  checkOptions<Omit<Grid, 'type'>>('grid', options, {
    side: 'required',
    spacing: 'required',
    std: 'required',
    labels: 'optional',
  })
  return {
    type: 'grid',
    side: options.side,
    spacing: options.spacing,
    std: options.std,
    ...(options.labels === true && { labels: true }),
  }
}

export const gridDefinition: SourceDefinition<Grid> = /* @__PURE__ */ mixtureOfGaussians<Grid>(
  codec,
  ({ side, spacing, std }) => {
    const place = (i: number) => (i - (side - 1) / 2) * spacing
    return Array.from({ length: side ** 2 }, (_, mode) => ({
      mean: [place(mode % side), place(Math.floor(mode / side))],
      std: [std, std],
      weight: 1 / side ** 2,
    }))
  },
  () => [],
)
