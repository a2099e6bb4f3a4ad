import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { noFiles } from '../data/datasets.ts'
import { given } from '../dsl/terms/draw.ts'
import type { Term } from '../dsl/terms/term.ts'
import type { BackendError } from '../errors/backendError.ts'
import type { TrainError } from '../errors/failure.ts'
import { present } from '../ir/present.ts'
import { size } from '../ir/program.ts'
import { askSamples } from '../measure/ask.ts'
import { largestOfEach } from '../measure/metrics/classCoverage.ts'
import { withTrained } from '../measure/trained.ts'
import type { PrepareOptions } from '../run/prepare.ts'
import { type PlayOptions, type Trained, train } from '../run/train.ts'
import type { Classifier } from './protocol.ts'

/** A trained classifier. */
export interface TrainedClassifier {
  /** Share of its test set that it is right on. */
  readonly accuracy: number
  /** The class of each of so many images, one after the other. */
  readonly classify: (images: Float32Array, count: number) => TE.TaskEither<BackendError, readonly number[]>
  /** Gives back its device. */
  readonly dispose: () => void
}

/** Trains a classifier and tries it on its test set. */
export const trainClassifier = (
  classifier: Classifier,
  options: PrepareOptions & PlayOptions,
): TE.TaskEither<TrainError, TrainedClassifier> =>
  pipe(
    train(classifier.game, options),
    TE.bindTo('trained'),
    TE.let('classify', ({ trained }) => classify(classifier, trained)),
    TE.bindW('test', () => (options.openFiles ?? noFiles)(classifier.test)),
    TE.bindW('found', ({ classify, test }) => classify(test.fields.x ?? new Float32Array(0), test.count)),
    TE.map(({ trained, classify, test, found }) => {
      const labels = test.fields.label ?? new Float32Array(0)
      const right = largestOfEach(labels, labels.length / test.count).filter((label, i) => label === found[i])
      const dispose = (): void => trained.backend.dispose?.()
      return { classify, accuracy: right.length / test.count, dispose }
    }),
  )

/** Images that are classified at once. */
const batch = 1000

const classify =
  ({ network, input }: Classifier, { compiled, backend, state, dataSources }: Trained): TrainedClassifier['classify'] =>
  (images, count) => {
    const { inputs, outputs } = present(compiled.networks[network], `the network ${network}`)
    const image = given('image', present(inputs[input], `the input ${input}`)).term
    const scores: Term = { op: 'apply', network, inputs: { [input]: image } }
    const width = Math.max(1, ...Object.values(outputs).map(size))
    return withTrained({ compiled, backend, state, dataSources, seed: 0 }, (subject) =>
      pipe(
        askSamples(subject, { scores }, { count, batch, given: { image: images } }),
        TE.map((answers) => largestOfEach(answers.scores, width)),
      ),
    )
  }
