import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type GameSpec, showError } from '../src/index.ts'
import { initialState } from '../src/run/initialState.ts'
import { type Chunk, mostSteps, nextChunk } from '../src/run/pace.ts'
import { type Prepared, prepare } from '../src/run/prepare.ts'
import { createRandom } from '../src/run/random/random.ts'
import { createSession } from '../src/run/session.ts'

/** A game in play: fresh draws, chunks and checks are those of a training run. */
export interface Open {
  readonly prepared: Prepared
  /** Plays a chunk of steps, as many as training would take, and says how many. */
  readonly play: () => Promise<number>
  readonly close: () => void
}

const sessionOf = ({ compiled, backend, drawSource }: Prepared) =>
  createSession(compiled, backend, drawSource, initialState(compiled.state, compiled.game.seed, createRandom()), 0)

export const open = async (game: GameSpec, threads: number, backend = 'onnx'): Promise<Open> => {
  const started = await pipe(
    prepare(game, { threads, backend }),
    TE.bindTo('prepared'),
    TE.bindW('session', ({ prepared }) => sessionOf(prepared)),
  )()
  if (E.isLeft(started)) throw new Error(showError(started.left))
  const { prepared, session } = started.right
  const most = mostSteps(prepared.compiled.step)
  let chunk: Chunk | undefined
  const play = async (): Promise<number> => {
    const steps = nextChunk(chunk, most)
    const start = performance.now()
    const costs = await session.run(steps)()
    if (E.isLeft(costs)) throw new Error(JSON.stringify(costs.left))
    chunk = { planned: steps, steps, seconds: (performance.now() - start) / 1000 }
    await new Promise((resolve) => setTimeout(resolve, 0))
    return steps
  }
  return { prepared, play, close: session.dispose }
}
