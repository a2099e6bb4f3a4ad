import { type Recorder, showError, showSlowBackend, train } from 'saddlepoint'
import { type Game, games } from './games.ts'

/** What came of a run. */
export interface Played {
  /** What it ran on; empty where it did not start. */
  readonly device: string
  /** What each player minimised, step after step. */
  readonly costs: { readonly [player: string]: readonly number[] }
  /** Steps that have a checkpoint. */
  readonly saved: readonly number[]
  /** The warning about a backend that is slow, in one line; empty where there was none. */
  readonly slow: string
  /** What ended the run before its last step. */
  readonly error: string
}

interface Options {
  readonly steps?: number
  readonly wasmFolder?: string
  readonly onStep?: (step: number) => void
}

const done = <A>(value: A) => Promise.resolve({ _tag: 'Right', right: value } as const)

/** Plays a game, with a checkpoint in memory after every fourth step. */
export const play = async (
  game: Game,
  backend: string | undefined,
  { steps, wasmFolder, onStep = () => {} }: Options = {},
): Promise<Played> => {
  let device = ''
  let slow = ''
  const costs: { [player: string]: number[] } = {}
  const saved: number[] = []
  const recorder: Recorder = {
    costs: (_, made) => () => {
      for (const [player, values] of Object.entries(made)) costs[player] = [...(costs[player] ?? []), ...values]
      return done(undefined)
    },
    samples: (step) => () => done(`the samples of step ${step}`),
    checkpoint: (step) => () => {
      saved.push(step)
      return done(`memory, step ${step}`)
    },
  }
  const spec = games[game]
  const run = train(steps === undefined ? spec : { ...spec, steps }, {
    ...(backend !== undefined && { backend }),
    ...(wasmFolder !== undefined && { wasmFolder }),
    recorder,
    saveEvery: 4,
    onEvent: (event) => {
      if (event.type === 'started') {
        device = event.backend.device
        slow = event.slow === undefined ? '' : showSlowBackend(event.slow)
      }
      if (event.type === 'progress') onStep(event.step)
    },
  })
  const result = await run()
  const error = result._tag === 'Left' ? showError(result.left) : ''
  return { device, costs, saved, slow, error }
}
