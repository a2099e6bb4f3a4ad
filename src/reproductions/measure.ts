import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { sourceKind } from '../dsl/sources/table.ts'
import type { BackendError } from '../errors/backendError.ts'
import { type Answers, askBatches, askSamples, type Subject } from '../measure/ask.ts'
import { classCoverage } from '../measure/classCoverage.ts'
import { estimate } from '../measure/estimate.ts'
import { coverage } from '../measure/modes.ts'
import { createFeeder } from '../run/draws.ts'
import { createRandom } from '../run/random/random.ts'
import type { Trained } from '../run/train.ts'
import type { Judge } from './judge.ts'
import type { Evaluation } from './protocol.ts'

/** Numbers by metric. */
export type Values = { readonly [metric: string]: number }
type Measured = TE.TaskEither<BackendError, Values>
type Of<T extends Evaluation['type']> = Extract<Evaluation, { readonly type: T }>

/** Measures a trained game on draws that training did not use. An evaluation of type 'stacked' needs its judge. */
export const measure = (evaluation: Evaluation, trained: Trained, judge: Judge | undefined): Measured => {
  const { compiled, backend, state, suppliers } = trained
  return TE.bracket(
    backend.store(state),
    (store) => {
      const feeder = createFeeder(createRandom(), compiled.game.seed, suppliers)
      return ask(evaluation, { elaborated: compiled, store, feeder }, judge)
    },
    (store) => TE.fromIO(store.dispose),
  )
}

const ask = (evaluation: Evaluation, subject: Subject, judge: Judge | undefined): Measured => {
  switch (evaluation.type) {
    case 'modes':
      return modes(evaluation, subject)
    case 'terms':
      return terms(evaluation, subject)
    case 'stacked':
      if (judge === undefined) throw new Error('broken invariant: nothing was trained to judge')
      return stacked(evaluation, subject, judge)
  }
}

const samplesOf = ({ generated = new Float32Array(0) }: Answers): Float32Array => generated

const modes = ({ source, generated, samples }: Of<'modes'>, subject: Subject): Measured => {
  const { game } = subject.elaborated
  const data = game.sources[source]
  const components = data === undefined ? [] : (sourceKind.definitionOf(data).components?.(data) ?? [])
  return pipe(
    askSamples(subject, { generated }, { count: samples, batch: game.batch }),
    TE.map((answers) => {
      const { found, highQuality, reverseKl } = coverage(components, samplesOf(answers))
      return { modes: found, highQuality, reverseKl }
    }),
  )
}

const terms = ({ terms: asked, batches }: Of<'terms'>, subject: Subject): Measured =>
  pipe(
    askBatches(subject, asked, { batch: subject.elaborated.game.batch, batches }),
    TE.map((answers) =>
      Object.fromEntries(Object.entries(answers).map(([metric, values]) => [metric, estimate(values).value])),
    ),
  )

/** Images that are held at once. */
const piece = 2000
/** Digits, in each of three channels. */
const classes = 10

const stacked = ({ generated, samples }: Of<'stacked'>, subject: Subject, judge: Judge): Measured => {
  const pieces = Array.from({ length: Math.ceil(samples / piece) }, (_, i) => ({
    count: Math.min(piece, samples - i * piece),
    stream: `held-out-${i}`,
  }))
  return pipe(
    pieces,
    TE.traverseSeqArray(({ count, stream }) =>
      pipe(
        askSamples(subject, { generated }, { count, batch: subject.elaborated.game.batch, stream }),
        TE.flatMap((answers) => judge.classify(apart(samplesOf(answers)), 3 * count)),
      ),
    ),
    TE.map((found) => {
      const { found: seen, kl } = classCoverage(found.flatMap(triples), classes ** 3)
      return { modes: seen, kl, accuracy: judge.accuracy }
    }),
  )
}

/** The three channels of each image of 28 x 28 as images of their own. */
const apart = (images: Float32Array): Float32Array => {
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
