import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import { attempt, backendError } from './error.ts'
import type { Named } from './limits.ts'
import type { Memory } from './memory.ts'

/** Left if a tensor is too large for the device. */
export const withinLimits = (
  { backend, overLimits }: Pick<Memory<unknown>, 'backend' | 'overLimits'>,
  tensors: readonly Named[],
): TE.TaskEither<BackendError, void> =>
  overLimits === undefined
    ? TE.right(undefined)
    : pipe(
        attempt(backend, 'looking for room', 'Lower the batch, or take a backend on the CPU.', () =>
          overLimits(tensors),
        ),
        TE.flatMapEither((over) =>
          over === undefined ? E.right(undefined) : E.left(backendError(backend, over.message, over.hint)),
        ),
      )
