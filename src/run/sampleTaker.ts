import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../errors/backendError.ts'
import { size } from '../ir/program.ts'
import type { Prepared } from './prepare.ts'
import { createSampler, type SampleQuery, type Samples, sampleQuery } from './sampler.ts'
import type { Session } from './session.ts'

/** Enough images to look at, and enough points to see a shape. */
const samplesOf = ({ shape }: SampleQuery): number => (size(shape) > 16 ? 64 : 1024)

/** Takes samples of the state that a session has at the moment. */
export interface SampleTaker {
  readonly take: TE.TaskEither<BackendError, Samples>
  readonly dispose: () => void
}

/** A game without a generator, as the Dirac-GAN, has no samples to take. */
export const createSampleTaker = (
  { compiled, drawSource }: Prepared,
  { store }: Session,
): TE.TaskEither<BackendError, SampleTaker | undefined> => {
  const query = sampleQuery(compiled)
  if (E.isLeft(query)) return TE.right(undefined)
  return pipe(
    createSampler(query.right, store, drawSource),
    TE.map(({ take, dispose }) => ({ take: take(samplesOf(query.right)), dispose })),
  )
}
