import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { countable, nonNegative, positive } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import { curves } from './curves.ts'
import type { Labelled } from './labels.ts'
import type { Source, SourceDefinition } from './source.ts'

/** Archimedean spirals from the origin out to radius 1, at equal angles to each other. */
export interface Spiral {
  readonly type: 'spiral'
  readonly arms: number
  readonly turns: number
  /** The standard deviation of the noise, per axis. */
  readonly noise: number
  readonly labels?: true
}

const codec = () =>
  struct(
    { type: t.literal('spiral'), arms: countable, turns: positive, noise: nonNegative },
    { labels: t.literal(true) },
  )

/** The default options. */
const usual = { arms: 2, turns: 1 }

/**
 * Archimedean spirals from the origin to radius 1, with Gaussian noise; by default two arms with one turn.
 * `x: [2]` and, with `labels: true`, `label: [arms]`.
 *
 * @example const data = source('data', spiral({ noise: 0.05, arms: 3 }))
 */
export const spiral = <A extends number = 2, L extends boolean = false>(options: {
  readonly noise: number
  readonly arms?: A
  readonly turns?: number
  readonly labels?: L
}): Source<Labelled<L, [2], A>> => {
  checkOptions<{ readonly noise: number; readonly arms?: number; readonly turns?: number; readonly labels?: boolean }>(
    'spiral',
    options,
    { noise: 'required', arms: 'optional', turns: 'optional', labels: 'optional' },
  )
  return {
    type: 'spiral',
    arms: options.arms ?? usual.arms,
    turns: options.turns ?? usual.turns,
    noise: options.noise,
    ...(options.labels === true && { labels: true }),
  }
}

export const spiralDefinition: SourceDefinition<Spiral> = /* @__PURE__ */ curves<Spiral>(
  codec,
  ({ arms }) => arms,
  ({ arms, turns }, arm, u) => {
    // The square root makes the density of points about constant along the arm.
    const radius = Math.sqrt(u)
    const angle = 2 * Math.PI * (turns * radius + arm / arms)
    return [radius * Math.cos(angle), radius * Math.sin(angle)]
  },
)
