import * as E from '#fp-ts/Either'
import type * as TE from '#fp-ts/TaskEither'
import type { Compiled } from '../compile/compile.ts'
import type { BackendError } from '../errors/backendError.ts'
import type { NotFinite } from '../errors/notFinite.ts'
import { type Chunk, mostSteps, nextChunk } from '../run/pace.ts'
import type { Session } from '../run/session.ts'

export interface Training {
  readonly steps: number
  readonly onProgress?: (done: number) => void
  readonly signal?: AbortSignal
}

/** Plays a game to a step, or until a signal; the steps that are done. Between two calls there is progress, and a signal is seen. */
export const trainFor =
  (
    { step }: Pick<Compiled, 'step'>,
    session: Session,
    { steps, onProgress, signal }: Training,
  ): TE.TaskEither<BackendError | NotFinite, number> =>
  async () => {
    const most = mostSteps(step)
    let chunk: Chunk | undefined
    while (session.step() < steps && signal?.aborted !== true) {
      const planned = nextChunk(chunk, Math.min(most, steps - session.step()))
      const start = performance.now()
      const result = await session.run(planned)()
      if (E.isLeft(result)) return result
      chunk = { planned, steps: planned, seconds: (performance.now() - start) / 1000 }
      onProgress?.(session.step())
    }
    return E.right(session.step())
  }
