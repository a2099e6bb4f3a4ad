import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../errors/backendError.ts'
import { size } from '../ir/program.ts'
import type { Prepared } from './prepare.ts'
import { createSampler, type SampleQuery, type Samples, sampleQuery } from './sampler.ts'
import type { Session } from './session.ts'

/** How many samples to take: enough images to look at, or enough points to see their distribution. */
const samplesOf = ({ shape }: SampleQuery): number => (size(shape) > 16 ? 64 : 1024)

/** Takes samples from a session's present state. */
export interface CheckpointSampler {
  readonly take: TE.TaskEither<BackendError, Samples>
  readonly dispose: () => void
}

/** `undefined` for a game without a generator, such as the Dirac-GAN. */
export const createCheckpointSampler = (
  { compiled, drawSource }: Prepared,
  { store }: Session,
): TE.TaskEither<BackendError, CheckpointSampler | undefined> => {
  const query = sampleQuery(compiled)
  if (E.isLeft(query)) return TE.right(undefined)
  return pipe(
    createSampler(query.right, store, drawSource),
    TE.map(({ take, dispose }) => ({ take: take(samplesOf(query.right)), dispose })),
  )
}
