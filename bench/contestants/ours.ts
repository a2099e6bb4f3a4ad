import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { showError } from '../../src/index.ts'
import { initialState } from '../../src/training/initialState.ts'
import { type Chunk, mostSteps, nextChunk } from '../../src/training/pace.ts'
import { type Prepared, prepare } from '../../src/training/prepare.ts'
import { createRandom } from '../../src/training/random/random.ts'
import { createSession } from '../../src/training/session.ts'
import { games, isWorkload } from '../games.ts'
import { contend } from '../protocol.ts'

/** Saddlepoint on onnxruntime: fresh draws, chunks and checks are those of a training run. */

const sessionOf = ({ compiled, backend, feeder }: Prepared) =>
  createSession(compiled, backend, feeder, initialState(compiled.state, compiled.game.seed, createRandom()), 0)

await contend(async (workload, threads) => {
  if (!isWorkload(workload)) return { cannot: `there is no workload ${workload}` }
  const started = await pipe(
    prepare(games[workload](), { threads }),
    TE.bindTo('prepared'),
    TE.bindW('session', ({ prepared }) => sessionOf(prepared)),
  )()
  if (E.isLeft(started)) return { cannot: showError(started.left) }
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
  await play()
  return { version: `onnxruntime ${prepared.backend.info.version}, Node ${process.version}`, play }
})
