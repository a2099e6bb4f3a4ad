import cliProgress from 'cli-progress'
import { barLine, type Style } from './progress.ts'

/** Shows how far the measuring of a run is. */
export interface Measuring {
  readonly onProgress: (done: number, steps: number) => void
  readonly stop: () => void
}

const what = 'measuring what it has learned'

/** Milliseconds between lines. */
const pause = 2000

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
  let next = performance.now() + pause
  return {
    onProgress: (done, steps) => {
      if (performance.now() < next) return
      next = performance.now() + pause
      process.stderr.write(`${what}: step ${done}/${steps}\n`)
    },
    stop: () => {},
  }
}

const shows: { readonly [S in Style]: () => Measuring } = { bar, lines, json: silent, quiet: silent }

export const createMeasuring = (style: Style): Measuring => shows[style]()
