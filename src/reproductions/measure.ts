import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as R from '#fp-ts/ReadonlyRecord'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../errors/backendError.ts'
import { askBatches } from '../measure/ask.ts'
import { estimate } from '../measure/estimate.ts'
import { type MeasureInput, measure as measureBy } from '../measure/metrics/measure.ts'
import type { Classifier, Measured, NumberOf } from '../measure/metrics/metric.ts'
import { metrics } from '../measure/metrics/table.ts'
import { type TrainedGame, withTrained } from '../measure/trained.ts'
import type { Trained } from '../run/train.ts'
import type { Evaluation } from './protocol.ts'
import type { TrainedClassifier } from './trainClassifier.ts'

/** Numbers by column. */
export type Values = { readonly [column: string]: number }
type Evaluated = TE.TaskEither<BackendError, Values>
type Of<T extends Evaluation['type']> = Extract<Evaluation, { readonly type: T }>

/** Measures a trained game on draws that training did not use. An evaluation of type 'stacked' needs its judge. */
export const measure = (
  evaluation: Evaluation,
  trained: Trained,
  classifier: TrainedClassifier | undefined,
): Evaluated => {
  const game = { ...trained, seed: trained.compiled.game.seed }
  switch (evaluation.type) {
    case 'modes':
      return modes(evaluation, game)
    case 'terms':
      return terms(evaluation, game)
    case 'stacked':
      if (classifier === undefined) throw new Error('broken invariant: nothing was trained to judge')
      return stacked(evaluation, game, classifier)
  }
}

const modes = ({ source, generated, samples }: Of<'modes'>, game: TrainedGame): Evaluated => {
  const real = { op: 'sample', source, field: 'x' } as const
  const input: MeasureInput = { ...game, samples: E.right({ real, generated }), count: samples }
  return pipe(
    measureBy(input, ['modes']),
    TE.map((found) => numbersOf(metrics.modes.numbers, found.modes)),
  )
}

/** What a metric found, number by number: a protocol asks only for what its games have. */
const numbersOf = <A>(numbers: { readonly [name: string]: NumberOf<A> }, measured: Measured<A>): Values => {
  if (E.isLeft(measured)) throw new Error(`broken invariant: ${measured.left.message}`)
  return R.map(({ of }: NumberOf<A>) => of(measured.right))(numbers)
}

const terms = ({ terms: asked, batches }: Of<'terms'>, game: TrainedGame): Evaluated =>
  withTrained(game, (subject) =>
    pipe(
      askBatches(subject, asked, { batch: game.compiled.game.batch, batches }),
      TE.map(R.map((values) => estimate(values).value)),
    ),
  )

const stacked = (
  { generated, samples }: Of<'stacked'>,
  game: TrainedGame,
  classifier: TrainedClassifier,
): Evaluated => {
  // Only generated images are classified.
  const input = {
    ...game,
    samples: E.right({ real: generated, generated }),
    count: samples,
    classifier: stackedBy(classifier),
  }
  return pipe(
    measureBy(input, ['classCoverage']),
    TE.map((found) => ({
      ...numbersOf(metrics.classCoverage.numbers, found.classCoverage),
      accuracy: classifier.accuracy,
    })),
  )
}

/** Digits, in each of three channels. */
const classes = 10

/** Judges the three channels of an image: together they are one of a thousand classes. */
const stackedBy = ({ classify }: TrainedClassifier): Classifier => ({
  classes: classes ** 3,
  classify: (images, count) => pipe(classify(channelsAsImages(images), 3 * count), TE.map(triples)),
})

/** The three channels of each image of 28 x 28 as images of their own. */
const channelsAsImages = (images: Float32Array): Float32Array => {
  const pixels = 28 * 28
  return images.map((_, i) => {
    const [image, within] = [Math.floor(i / (3 * pixels)), i % (3 * pixels)]
    const [channel, pixel] = [Math.floor(within / pixels), within % pixels]
    return images[3 * (image * pixels + pixel) + channel] ?? Number.NaN
  })
}

const triples = (found: readonly number[]): readonly number[] =>
  Array.from({ length: found.length / 3 }, (_, i) =>
    found.slice(3 * i, 3 * i + 3).reduce((code, digit) => classes * code + digit, 0),
  )
