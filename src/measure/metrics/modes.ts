import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Component } from '../../dsl/sources/source.ts'
import { extent, norm } from '../../ir/numbers.ts'
import { at } from '../../ir/present.ts'
import { askSamples } from '../ask.ts'
import { metric } from './metric.ts'
import { mixture } from './needs.ts'
import { count, percent } from './words.ts'

/** How far from its nearest mode a sample of high quality may lie, in standard deviations. */
const highQuality = 3

/**
 * How many samples count the modes of a mixture: 2,500, as in Srivastava et al. 2017 (VEEGAN), section 4.1, and Lin et al. 2018
 * (PacGAN), section 4.1. Among more, chance alone hits a mode sooner.
 */
export const modeSamples = 2_500

/** How samples cover the modes of a mixture of Gaussians. */
export interface Modes {
  readonly samples: number
  readonly modes: number
  /** Modes that are the nearest to at least one sample of high quality: one within 3 standard deviations of it. */
  readonly found: number
  /** The share of samples of high quality. */
  readonly highQuality: number
  /** The smallest and the largest share of samples that a mode gets, each sample counted to its nearest; 1 is the mode's weight. */
  readonly shares: readonly [smallest: number, largest: number]
  /** KL(share of samples per mode || weights of the modes) in nats, each sample counted to its nearest mode. */
  readonly reverseKl: number
}

/** Samples are rows of as many coordinates as the components have. Distances are in standard deviations, per axis. */
export const coverage = (components: readonly Component[], samples: Float32Array): Modes => {
  const axes = at(components, 0).mean.length
  const nearest = Array.from({ length: samples.length / axes }, (_, i) =>
    nearestMode(components, samples.subarray(i * axes, (i + 1) * axes)),
  )
  const good = nearest.filter(({ distance }) => distance <= highQuality)
  const counts = components.map((_, mode) => nearest.filter((each) => each.mode === mode).length)
  const shareOf = (mode: number): number => at(counts, mode) / nearest.length
  return {
    samples: nearest.length,
    modes: components.length,
    found: new Set(good.map(({ mode }) => mode)).size,
    highQuality: good.length / nearest.length,
    shares: extent(components.map(({ weight }, mode) => shareOf(mode) / weight)),
    reverseKl: components.reduce((sum, { weight }, mode) => {
      const share = shareOf(mode)
      return share === 0 ? sum : sum + share * Math.log(share / weight)
    }, 0),
  }
}

interface Nearest {
  readonly mode: number
  readonly distance: number
}

const nearestMode = (components: readonly Component[], sample: Float32Array): Nearest =>
  components.reduce<Nearest>(
    (best, { mean, std }, mode) => {
      const distance = norm(mean.map((centre, axis) => (at(sample, axis) - centre) / at(std, axis)))
      return distance < best.distance ? { mode, distance } : best
    },
    { mode: -1, distance: Infinity },
  )

const times = ([smallest, largest]: Modes['shares']): string => `${smallest.toFixed(2)} to ${largest.toFixed(2)} times`

/** How generated samples cover the modes of the data, and how real ones do by the same measure. */
export const modes = metric({
  label: 'modes',
  needs: mixture,
  measure: (game, { components, real, generated }) =>
    pipe(
      askSamples(
        game,
        { real, generated },
        { count: game.count ?? modeSamples, batch: game.compiled.game.batch, averaged: true },
      ),
      TE.map((answers) => ({
        generated: coverage(components, answers.generated),
        real: coverage(components, answers.real),
      })),
    ),
  show: ({ generated, real }) => [
    [
      'modes found',
      `${generated.found} of ${generated.modes} by ${count(generated.samples)} samples, ${percent(generated.highQuality)} of them of high quality`,
    ],
    ['  high quality', `within 3 standard deviations of a mode, as ${percent(real.highQuality)} of real samples are`],
    ['  how evenly', `a mode gets ${times(generated.shares)} its share of samples, of real ones ${times(real.shares)}`],
  ],
  numbers: {
    modes: { of: ({ generated }) => generated.found, name: 'modes', digits: 1 },
    highQuality: { of: ({ generated }) => generated.highQuality, name: 'high-quality samples', digits: 1, unit: '%' },
    reverseKl: { of: ({ generated }) => generated.reverseKl, name: 'reverse KL', digits: 2 },
  },
})
