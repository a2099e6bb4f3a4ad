import * as t from '#io-ts'
import { checkOptions } from '../../codecs/argument.ts'
import { nonNegative } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'
import { curves } from './curves.ts'
import type { Labelled } from './labels.ts'
import type { Source, SourceDefinition } from './source.ts'

/** Two half circles of radius 1 that reach into each other, the upper about (0, 0), the lower about (1, 1/2). */
export interface Moons {
  readonly type: 'moons'
  /** Standard deviation, per axis. */
  readonly noise: number
  readonly labels?: true
}

const codec = () => struct({ type: t.literal('moons'), noise: nonNegative }, { labels: t.literal(true) })

/**
 * Two half circles of radius 1 that reach into each other, with Gaussian noise. `x: [2]` and, with `labels: true`,
 * `label: [2]`, upper or lower.
 *
 * @example const data = source('data', moons({ noise: 0.05 }))
 */
export const moons = <L extends boolean = false>(options: {
  readonly noise: number
  readonly labels?: L
}): Source<Labelled<L, [2], 2>> => {
  checkOptions<Omit<Moons, 'type'>>('moons', options, { noise: 'required', labels: 'optional' })
  return {
    type: 'moons',
    noise: options.noise,
    ...(options.labels === true && { labels: true }),
  }
}

export const moonsDefinition: SourceDefinition<Moons> = /* @__PURE__ */ curves<Moons>(
  codec,
  () => 2,
  (_source, arm, u) => {
    const [cos, sin] = [Math.cos(Math.PI * u), Math.sin(Math.PI * u)]
    return arm === 0 ? [cos, sin] : [1 - cos, 0.5 - sin]
  },
)
