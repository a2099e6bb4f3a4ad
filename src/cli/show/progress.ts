import cliProgress from 'cli-progress'
import { showSlowBackend } from '../../backends/start/slow.ts'
import { showSpecWarning } from '../../errors/warnings.ts'
import { errorCode } from '../../io/errorCode.ts'
import { showChange } from '../../run/changes.ts'
import type { TrainEvent } from '../../run/events.ts'
import { showTaken } from '../../run/transfer.ts'
import { asTyped } from '../self.ts'
import { brief } from './brief.ts'
import type { Style } from './style.ts'
import { createThrottle } from './throttle.ts'

/** Shows a run's progress: on stderr for people, on stdout for programs. */
export interface Reporter {
  readonly onEvent: (event: TrainEvent) => void
  /** Restores the terminal. */
  readonly stop: () => void
}

type Progress = Extract<TrainEvent, { readonly type: 'progress' }>

const costs = (progress: Progress): string =>
  Object.entries(progress.costs)
    .map(([player, cost]) => `${player} ${cost.toFixed(4)}`)
    .join('  ')

const rate = ({ stepsPerSecond }: Progress): string =>
  `${stepsPerSecond >= 10 ? stepsPerSecond.toFixed(0) : stepsPerSecond.toFixed(2)} steps/s`

/** `1:05`, or `2:00:07`. */
const clock = (seconds: number): string => {
  const whole = Math.round(seconds)
  const two = (n: number) => String(n).padStart(2, '0')
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  return hours === 0 ? `${minutes}:${two(whole % 60)}` : `${hours}:${two(minutes)}:${two(whole % 60)}`
}

const timeLeft = ({ step, steps, stepsPerSecond }: Progress): string => `${clock((steps - step) / stepsPerSecond)} left`

const words = (progress: Progress): string => [costs(progress), rate(progress), timeLeft(progress)].join('  ')

type Begun = Extract<TrainEvent, { readonly type: 'started' }>

const startLines = (event: Begun): string => {
  const { parameters, backend, step, steps, warnings, taken } = event
  const what = `${parameters.toLocaleString('en')} parameters, ${backend.name} ${backend.version} on ${backend.device}`
  const where = step === 0 ? `${steps} steps` : `from step ${step} to ${steps}`
  return [
    ...warnings.map((warning) => `warning: ${showSpecWarning(warning)}`),
    ...choiceLines(event),
    `${what}, ${where}`,
    ...(taken === undefined ? [] : [`starts with ${showTaken(taken)}`]),
    ...changeLines(event),
    '',
  ].join('\n')
}

/** The notice before a long compilation, with advice. */
const preparingLine = ({ backend, nodes, seconds }: Extract<TrainEvent, { readonly type: 'preparing' }>): string =>
  `${backend} takes about ${clock(seconds)} to prepare a step of ${nodes.toLocaleString('en')} operations; ` +
  'fewer updates in a step or fewer layers make it quicker, and --backend reference starts at once\n'

/** Which backend `auto` chose and why not a better one, and a warning if the chosen one is slow. */
const choiceLines = ({ passedOver, slow, backend }: Begun): readonly string[] => {
  const others = passedOver.filter(({ hint }) => slow === undefined || hint !== slow.hint)
  const lines = others.map(({ name, reason }) => `  not ${name}: ${brief(reason)}`)
  return [
    ...(lines.length === 0 ? [] : [`auto takes ${backend.name}:`, ...lines]),
    ...(slow === undefined ? [] : [`warning: ${asTyped(showSlowBackend(slow))}`]),
  ]
}

const changeLines = ({ before, changes = [], step }: Begun): readonly string[] => {
  const changed = changes.map((change) => `from step ${step} on: ${showChange(change)}`)
  if (before === undefined) return changed
  const { name, version, device } = before.backend
  return [...changed, `so far: ${name} ${version} on ${device}; from here on equal within rounding, not bit by bit`]
}

/** One line of a terminal. The bar shrinks to make room for the text. */
export const barLine = (done: number, words: string, width: number): string => {
  const size = Math.max(4, Math.min(24, width - words.length - 2))
  const full = Math.round(done * size)
  return `${'█'.repeat(full)}${'░'.repeat(size - full)} ${words}`
}

const bar = (): Reporter => {
  const shown = new cliProgress.SingleBar(
    {
      stream: process.stderr,
      format: (_, { progress, value, total, maxWidth }, { words }) =>
        barLine(progress, `${value}/${total}${words}`, maxWidth),
      hideCursor: true,
      gracefulExit: false,
    },
    cliProgress.Presets.shades_classic,
  )
  let running = false
  return {
    onEvent: (event) => {
      if (event.type === 'preparing') process.stderr.write(preparingLine(event))
      if (event.type === 'started') {
        process.stderr.write(startLines(event))
        shown.start(event.steps, event.step, { words: '' })
        running = true
      }
      if (event.type === 'progress' && running) shown.update(event.step, { words: `  ${words(event)}` })
    },
    stop: () => {
      if (running) shown.stop()
      running = false
    },
  }
}

const lines = (): Reporter => {
  const isDue = createThrottle({ first: 'later' })
  return {
    onEvent: (event) => {
      if (event.type === 'preparing') process.stderr.write(preparingLine(event))
      if (event.type === 'started') process.stderr.write(startLines(event))
      if (event.type !== 'progress' || !isDue(event.step === event.steps)) return
      process.stderr.write(`step ${event.step}/${event.steps}  ${words(event)}\n`)
    },
    stop: () => {},
  }
}

const json = (): Reporter => {
  let isRead = true
  const written = (cause?: Error | null): void => {
    if (errorCode(cause) !== 'EPIPE' || !isRead) return
    isRead = false
    process.stderr.write('stdout was closed; training continues, and Ctrl-C saves and ends it\n')
  }
  return {
    onEvent: (event) => void process.stdout.write(`${JSON.stringify(event)}\n`, written),
    stop: () => {},
  }
}

const quiet = (): Reporter => ({ onEvent: () => {}, stop: () => {} })

const reporters: { readonly [S in Style]: () => Reporter } = { bar, lines, json, quiet }

export const createReporter = (style: Style): Reporter => reporters[style]()
