/** Trains in a thread of its own, so that the page stays quick whatever the backend. */
import { type HostTensors, type Recorder, showError, train } from 'saddlepoint'
import { game } from './game.ts'
import type { Report, Request } from './messages.ts'

/** A picture after so many steps. */
const pictureEvery = 10

const report = (message: Report): void => postMessage(message)

const done = <A>(value: A) => Promise.resolve({ _tag: 'Right', right: value } as const)

/** Shows what is recorded, and keeps nothing. */
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
  checkpoint: () => () => done('this page'),
}

let at: { readonly step: number; readonly path: string; readonly state: HostTensors } | undefined
let running: AbortController | undefined

const play = async (backend: string): Promise<void> => {
  if (running !== undefined) return
  running = new AbortController()
  const result = await train(game, {
    backend,
    recorder,
    saveEvery: pictureEvery,
    signal: running.signal,
    onEvent: report,
    ...(at !== undefined && { from: at }),
  })()
  running = undefined
  if (result._tag === 'Left') report({ type: 'failed', message: showError(result.left) })
  else at = { step: result.right.step, path: 'this page', state: result.right.state }
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
