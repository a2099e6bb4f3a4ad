import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { parametersOf } from '../compile/elaborate.ts'
import { diverged, halted, type Saved } from '../errors/ended.ts'
import type { TrainError } from '../errors/failure.ts'
import { type RunError, runError } from '../errors/runError.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import { size } from '../ir/program.ts'
import type { GameSpec } from '../spec/spec.ts'
import { checkState } from './checkState.ts'
import type { Costs } from './costs.ts'
import type { Reason, TrainEvent } from './events.ts'
import { initialState } from './initialState.ts'
import { type Failure, keep, type Taker, takerOf } from './keep.ts'
import { type Chunk, mostSteps, nextChunk } from './pace.ts'
import { type Prepared, type PrepareOptions, prepare } from './prepare.ts'
import { createRandom } from './random/random.ts'
import type { Recorder } from './recorder.ts'
import { createSession, type Session } from './session.ts'
import { type Task, task } from './task.ts'
import { type Donor, type Taken, withNetworksOf } from './transfer.ts'

/** How a game is played, and who is told. */
export interface PlayOptions {
  /** Goes on from what was saved, instead of from the first step. */
  readonly from?: Saved & { readonly state: HostTensors }
  /** Starts with the networks of another run. */
  readonly donor?: Donor
  readonly recorder?: Recorder
  /** A checkpoint and samples are kept after so many steps each time, and at the start and the end. */
  readonly saveEvery?: number
  /** A checkpoint is kept, without samples, also each time so many seconds have passed without one; 600 where absent. */
  readonly saveSeconds?: number
  /** Ends the run with the chunk of steps in progress, within about 0.2 s, and a checkpoint. */
  readonly signal?: AbortSignal
  readonly onEvent?: (event: TrainEvent) => void
}

/** A run that came to its end, or was interrupted. */
export interface Trained extends Prepared {
  readonly step: number
  readonly state: HostTensors
  readonly reason: Reason
}

/**
 * Trains a game; left is why it could not start, or what ended it. Without a recorder nothing is kept but what is returned.
 */
export const train = (game: GameSpec, options: PrepareOptions & PlayOptions = {}): Task<TrainError, Trained> =>
  task(
    pipe(
      prepare(game, options),
      TE.flatMap((prepared) => play(prepared, options)),
    ),
  )

/** Plays a game that is prepared, in chunks of steps, until the last step, a signal or an error. */
export const play = (prepared: Prepared, options: PlayOptions = {}): TE.TaskEither<TrainError, Trained> => {
  const { compiled, backend, feeder } = prepared
  return pipe(
    TE.fromEither(startState(prepared, options)),
    TE.bindTo('start'),
    TE.tapIO(() => () => saySlowPreparation(prepared, options)),
    TE.bindW('session', ({ start }) => createSession(compiled, backend, feeder, start.state, options.from?.step ?? 0)),
    TE.flatMap(({ start: { taken }, session }) =>
      TE.bracket(
        TE.right(session),
        () => playSampled(prepared, session, taken === undefined ? options : withTaken(options, taken)),
        () => TE.fromIO(session.dispose),
      ),
    ),
  )
}

const playSampled = (prepared: Prepared, session: Session, options: PlayOptions): TE.TaskEither<TrainError, Trained> =>
  TE.bracket<TrainError, Taker | undefined, Trained>(
    options.recorder === undefined ? TE.right(undefined) : takerOf(prepared, session),
    (taker) => () => playOn(prepared, session, taker, options),
    (taker) => TE.fromIO(() => taker?.dispose()),
  )

/** In seconds: who waits longer than this is told before. */
const longPreparation = 60

const saySlowPreparation = ({ compiled, backend }: Prepared, { from, onEvent = () => {} }: PlayOptions): void => {
  const { nodes } = compiled.step
  const seconds = Math.round(backend.secondsToPrepare?.(compiled.step) ?? 0)
  if (seconds >= longPreparation)
    onEvent({ type: 'preparing', step: from?.step ?? 0, backend: backend.info.name, nodes: nodes.length, seconds })
}

/** The listener hears with the start what was taken from another run. */
const withTaken = (options: PlayOptions, taken: Taken): PlayOptions => {
  const { onEvent } = options
  if (onEvent === undefined) return options
  return { ...options, onEvent: (event) => onEvent(event.type === 'started' ? { ...event, taken } : event) }
}

interface Start {
  readonly state: HostTensors
  readonly taken?: Taken
}

const startState = ({ compiled }: Prepared, { from, donor }: PlayOptions): E.Either<TrainError, Start> => {
  if (from !== undefined)
    return pipe(
      checkStep(from, compiled.game.steps),
      E.flatMap(() => checkState(compiled, from.state, from.path)),
      E.map(() => ({ state: from.state })),
    )
  const fresh = initialState(compiled.state, compiled.game.seed, createRandom())
  return donor === undefined ? E.right({ state: fresh }) : withNetworksOf(compiled, fresh, donor)
}

const checkStep = ({ step, path }: Saved, steps: number): E.Either<RunError, void> => {
  if (!Number.isSafeInteger(step) || step < 0)
    return E.left(
      runError(path, `expected a whole number of steps, found ${step}`, 'Pass the step of the saved state.'),
    )
  if (step <= steps) return E.right(undefined)
  const message = `it has ${step} steps behind it, but the game has ${steps}`
  return E.left(runError(path, message, 'Ask for more steps: give the game a larger `steps`.'))
}

/** In seconds: no crash costs more work than this. */
const tenMinutes = 600

/** Timers and signals get their turn: a backend may keep the thread otherwise. */
const breathe: TE.TaskEither<never, void> = TE.fromTask(() => new Promise((resolve) => setTimeout(resolve, 0)))

const playOn = async (
  prepared: Prepared,
  session: Session,
  taker: Taker | undefined,
  options: PlayOptions,
): Promise<E.Either<TrainError, Trained>> => {
  const { steps } = prepared.compiled.game
  const { recorder, signal, onEvent = () => {}, saveEvery = Math.max(1, steps), saveSeconds = tenMinutes } = options
  let began = { step: session.step(), time: performance.now() }
  const most = mostSteps(prepared.compiled.step)
  let saved: Saved | undefined = options.from
  let savedAt = began.time
  let chunk: Chunk | undefined

  const isLate = (): boolean => performance.now() - savedAt > 1000 * saveSeconds
  const isDue = (): boolean => session.step() % saveEvery === 0 || session.step() === steps
  /** Samples are kept at fixed steps alone, so that neither an interruption nor the time leaves a trace in a run. */
  const save: TE.TaskEither<Failure, void> = async () => {
    if (recorder === undefined || saved?.step === session.step()) return E.right(undefined)
    const kept = await keep(session, isDue() ? taker : undefined, recorder, onEvent)()
    if (E.isLeft(kept)) return kept
    saved = kept.right
    savedAt = performance.now()
    return E.right(undefined)
  }

  /** One chunk of steps, which ends where something is to be kept. */
  const advance: TE.TaskEither<Failure, void> = async () => {
    const first = session.step()
    const planned = nextChunk(chunk, most)
    const count = Math.min(planned, steps - first, saveEvery - (first % saveEvery))
    const start = performance.now()
    const costs = await session.run(count)()
    if (E.isLeft(costs)) return costs
    const now = performance.now()
    const step = session.step()
    const stepsPerSecond = (1000 * (step - began.step)) / (now - began.time)
    // A first chunk is slow, and says little of the others.
    if (chunk === undefined) began = { step, time: now }
    chunk = { planned, steps: step - first, seconds: (now - start) / 1000 }
    onEvent({ type: 'progress', step, steps, costs: newest(costs.right), stepsPerSecond })
    return recorder === undefined ? E.right(undefined) : recorder.costs(first, costs.right)()
  }

  const turn = pipe(
    advance,
    TE.flatMap(() => breathe),
    TE.flatMap(() => (isDue() || isLate() ? save : TE.right(undefined))),
  )

  onEvent(started(prepared, began.step))
  let outcome = await save()
  while (E.isRight(outcome) && session.step() < steps && signal?.aborted !== true) outcome = await turn()
  if (E.isRight(outcome)) outcome = await save()
  const state = E.isRight(outcome) ? await session.read()() : outcome
  if (E.isLeft(state)) {
    const failure = state.left
    return E.left(failure.type === 'NotFinite' ? diverged(failure, saved) : halted(session.step(), failure, saved))
  }
  const step = session.step()
  const reason: Reason = step < steps ? 'interrupted' : 'finished'
  onEvent({ type: 'stopped', step, steps, reason })
  return E.right({ ...prepared, step, state: state.right, reason })
}

const newest = (costs: Costs): { readonly [player: string]: number } =>
  Object.fromEntries(Object.entries(costs).map(([player, values]) => [player, values.at(-1) ?? Number.NaN]))

const started = ({ compiled, backend, passedOver, slow }: Prepared, step: number): TrainEvent => ({
  type: 'started',
  step,
  steps: compiled.game.steps,
  parameters: Object.values(compiled.networks)
    .flatMap(parametersOf)
    .reduce((sum, { spec }) => sum + size(spec.shape), 0),
  backend: backend.info,
  passedOver,
  ...(slow !== undefined && { slow }),
  warnings: compiled.warnings,
})
