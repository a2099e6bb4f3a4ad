import type { Game } from './games.ts'
import { type Played, play } from './play.ts'
import { samplesOf } from './samples.ts'

/** What a page of the tests offers. */
export interface PlayPage {
  readonly play: (game: Game, backend?: string, wasmFolder?: string) => Promise<Played>
  /** Plays on while nobody waits; `steps` says how far it is. */
  readonly playOn: (game: Game, backend: string) => void
  readonly steps: () => number
  /** Samples from the bytes of a checkpoint, or why there are none. */
  readonly samples: typeof samplesOf
  /** What came of it. */
  readonly outcome: () => Promise<Played>
}

declare global {
  interface Window {
    saddle: PlayPage
  }
}

let steps = 0
let outcome: Promise<Played> | undefined

window.saddle = {
  play: (game, backend, wasmFolder) => play(game, backend, wasmFolder === undefined ? {} : { wasmFolder }),
  playOn: (game, backend) => {
    outcome = play(game, backend, {
      steps: 1_000_000,
      onStep: (step) => {
        steps = step
      },
    })
  },
  samples: samplesOf,
  steps: () => steps,
  outcome: () => outcome ?? Promise.reject(new Error('nothing is played')),
}
