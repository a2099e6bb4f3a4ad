import cliProgress from 'cli-progress'
import { barLine } from './progress.ts'
import type { Style } from './style.ts'
import { createThrottle } from './throttle.ts'

/** Shows the progress of measuring a run. */
export interface Measuring {
  readonly onProgress: (done: number, steps: number) => void
  readonly stop: () => void
}

const what = 'measuring what it has learned'

const silent = (): Measuring => ({ onProgress: () => {}, stop: () => {} })

const bar = (): Measuring => {
  const shown = new cliProgress.SingleBar(
    {
      stream: process.stderr,
      format: (_, { progress, value, total, maxWidth }) => barLine(progress, `${value}/${total}  ${what}`, maxWidth),
      hideCursor: true,
      gracefulExit: false,
    },
    cliProgress.Presets.shades_classic,
  )
  let running = false
  return {
    onProgress: (done, steps) => {
      if (!running) shown.start(steps, done)
      running = true
      shown.update(done)
    },
    stop: () => {
      if (running) shown.stop()
      running = false
    },
  }
}

const lines = (): Measuring => {
  const isDue = createThrottle({ first: 'later' })
  return {
    onProgress: (done, steps) => {
      if (!isDue()) return
      process.stderr.write(`${what}: step ${done}/${steps}\n`)
    },
    stop: () => {},
  }
}

const shows: { readonly [S in Style]: () => Measuring } = { bar, lines, json: silent, quiet: silent }

export const createMeasuring = (style: Style): Measuring => shows[style]()
