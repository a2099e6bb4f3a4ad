import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { counted } from '../../ir/counted.ts'
import { askSamples } from '../ask.ts'
import { metric } from './metric.ts'
import { classified } from './needs.ts'
import { count, fixed } from './words.ts'

/** How samples cover classes that weigh alike. */
export interface ClassCoverage {
  readonly samples: number
  readonly classes: number
  /** Classes that one sample at least is of. */
  readonly found: number
  /** KL(share of samples per class || the uniform distribution) in nats. */
  readonly kl: number
}

/** Each sample is given as the number of its class, from 0 and below `classes`. */
export const coverageOf = (samples: readonly number[], classes: number): ClassCoverage => {
  const perClass = counted(samples)
  const shares = [...perClass.values()].map((samplesOfIt) => samplesOfIt / samples.length)
  return {
    samples: samples.length,
    classes,
    found: perClass.size,
    kl: shares.reduce((sum, share) => sum + share * Math.log(share * classes), 0),
  }
}

/** The place of the largest number in each row of so many: the class that a classifier's scores are for. */
export const largestOfEach = (scores: Float32Array, width: number): readonly number[] =>
  Array.from({ length: scores.length / width }, (_, row) => {
    const place = scores.subarray(row * width, (row + 1) * width)
    return place.reduce((best, score, i) => (score > (place[best] ?? -Infinity) ? i : best), 0)
  })

/** Samples that are counted, and how many of them are held at once. */
const [all, piece] = [26_000, 2_000]

/**
 * Which classes a classifier sees in generated samples: in 26,000, as in Lin et al. 2018 (PacGAN), unless another count is asked
 * for.
 */
export const classCoverage = metric({
  label: 'classes',
  needs: classified,
  measure: (game, { generated, classifier }) => {
    const samples = game.count ?? all
    const pieces = Array.from({ length: Math.ceil(samples / piece) }, (_, i) => ({
      count: Math.min(piece, samples - i * piece),
      stream: `held-out-${i}`,
    }))
    return pipe(
      pieces,
      TE.traverseSeqArray((some) =>
        pipe(
          askSamples(game, { generated }, { ...some, batch: game.compiled.game.batch, averaged: true }),
          TE.flatMap((answers) => classifier.classify(answers.generated, some.count)),
        ),
      ),
      TE.map((found) => coverageOf(found.flat(), classifier.classes)),
    )
  },
  show: ({ samples, classes, found, kl }) => [
    [
      'classes found',
      `${count(found)} of ${count(classes)} by ${count(samples)} samples, KL ${fixed(kl)} to even shares`,
    ],
  ],
  numbers: {
    modes: { of: ({ found }) => found, name: 'modes', digits: 1 },
    kl: { of: ({ kl }) => kl, name: 'KL', digits: 2 },
  },
})
