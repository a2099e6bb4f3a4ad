/** Trains in a thread of its own, so that the page stays quick whatever the backend. */
import { type HostTensors, type Recorder, showError, train } from 'saddlepoint'
import { game } from './game.ts'
import type { Report, Request } from './messages.ts'

/** A picture after so many steps. */
const pictureEvery = 10

const report = (message: Report): void => postMessage(message)

const done = <A>(value: A) => Promise.resolve({ _tag: 'Right', right: value } as const)

/** From where the run goes on: its newest checkpoint. */
let at: { readonly step: number; readonly path: string; readonly state: HostTensors } | undefined
let running: AbortController | undefined

/** Shows what is recorded, and keeps the newest checkpoint. */
const recorder: Recorder = {
  costs: (first, costs) => () => {
    report({ type: 'costs', first, costs })
    return done(undefined)
  },
  samples:
    (_, { values }) =>
    () => {
      report({ type: 'points', points: values })
      return done('the picture')
    },
  checkpoint: (step, state) => () => {
    at = { step, path: 'this page', state }
    return done('this page')
  },
}

const play = async (backend: string): Promise<void> => {
  if (running !== undefined) return
  running = new AbortController()
  const result = await train(game, {
    backend,
    recorder,
    saveEvery: pictureEvery,
    signal: running.signal,
    // That it stopped is told once it can go on: the page may ask for that at once.
    onEvent: (event) => event.type !== 'stopped' && report(event),
    ...(at !== undefined && { from: at }),
  })()
  running = undefined
  if (result._tag === 'Left') {
    report({ type: 'failed', message: showError(result.left) })
    return
  }
  const { step, state, reason } = result.right
  at = { step, path: 'this page', state }
  report({ type: 'stopped', step, steps: game.steps, reason })
}

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  switch (data.type) {
    case 'play':
      void play(data.backend)
      return
    case 'pause':
      running?.abort()
      return
    case 'restart':
      at = undefined
      return
  }
})
