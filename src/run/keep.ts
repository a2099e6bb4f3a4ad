import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../errors/backendError.ts'
import type { Saved } from '../errors/ended.ts'
import type { FileError } from '../errors/fileError.ts'
import type { NotFinite } from '../errors/notFinite.ts'
import { size } from '../ir/program.ts'
import type { TrainEvent } from './events.ts'
import type { Prepared } from './prepare.ts'
import type { Recorder } from './recorder.ts'
import { createSampler, type SampleQuery, type Samples, sampleQuery } from './sampler.ts'
import type { Session } from './session.ts'

export type Failure = BackendError | FileError | NotFinite

/** Enough images to look at, and enough points to see a shape. */
const samplesOf = ({ shape }: SampleQuery): number => (size(shape) > 16 ? 64 : 1024)

/** Takes samples of the state that a session has at the moment. */
export interface Taker {
  readonly take: TE.TaskEither<BackendError, Samples>
  readonly dispose: () => void
}

/** A game without a generator, as the Dirac-GAN, has no samples to take. */
export const takerOf = (
  { compiled, feeder }: Prepared,
  { store }: Session,
): TE.TaskEither<BackendError, Taker | undefined> => {
  const query = sampleQuery(compiled)
  if (E.isLeft(query)) return TE.right(undefined)
  return pipe(
    createSampler(query.right, store, feeder),
    TE.map(({ take, dispose }) => ({ take: take(samplesOf(query.right)), dispose })),
  )
}

/** Keeps the state that a session has, and samples where they are wanted, before it: a checkpoint is the last of its step. */
export const keep = (
  session: Session,
  taker: Taker | undefined,
  recorder: Recorder,
  onEvent: (event: TrainEvent) => void,
): TE.TaskEither<Failure, Saved> => {
  const step = session.step()
  const samples: TE.TaskEither<Failure, void> =
    taker === undefined
      ? TE.right(undefined)
      : pipe(
          taker.take,
          TE.flatMap((taken): TE.TaskEither<Failure, string> => recorder.samples(step, taken)),
          TE.map((path) => onEvent({ type: 'samples', step, path })),
        )
  return pipe(
    session.read(),
    TE.bindTo('state'),
    TE.chainFirst((): TE.TaskEither<Failure, void> => samples),
    TE.flatMap(({ state }): TE.TaskEither<Failure, string> => recorder.checkpoint(step, state)),
    TE.map((path) => {
      onEvent({ type: 'checkpoint', step, path })
      return { step, path }
    }),
  )
}
