import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { parametersOf } from '../compile/elaborate.ts'
import { diverged, halted, type Saved } from '../errors/ended.ts'
import type { TrainError } from '../errors/failure.ts'
import { type RunError, runError } from '../errors/runError.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import { present } from '../ir/present.ts'
import { size } from '../ir/program.ts'
import type { GameSpec } from '../spec/spec.ts'
import { createCheckpointKeeper, type Ending } from './checkpointKeeper.ts'
import { type CheckpointSampler, createCheckpointSampler } from './checkpointSampler.ts'
import { checkState } from './checkState.ts'
import type { Costs } from './costs.ts'
import type { Reason, TrainEvent } from './events.ts'
import { initialState } from './initialState.ts'
import { nextAction } from './nextAction.ts'
import { mostSteps, nextChunk } from './pace.ts'
import { type Prepared, type PrepareOptions, prepare } from './prepare.ts'
import { createRandom } from './random/random.ts'
import type { Recorder } from './recorder.ts'
import { createSession, type Session } from './session.ts'
import { type Speed, speedAfter } from './speed.ts'
import { type Task, task } from './task.ts'
import { type Taken, type WarmStart, withNetworksOf } from './transfer.ts'

/** Options of training. */
export interface PlayOptions {
  /** Continues from a saved state, instead of the first step. */
  readonly from?: Saved & { readonly state: HostTensors }
  /** Starts with the networks of another run. */
  readonly warmStart?: WarmStart
  readonly recorder?: Recorder
  /** After how many steps a checkpoint and samples are saved, besides the start and the end. */
  readonly saveEvery?: number
  /** Saves a checkpoint, without samples, if this many seconds pass without one. 600 by default. */
  readonly saveSeconds?: number
  /** Aborting it ends the run after the current chunk of steps, within about 0.2 s, with a checkpoint. */
  readonly signal?: AbortSignal
  readonly onEvent?: (event: TrainEvent) => void
}

/** A run that finished, or was interrupted. */
export interface Trained extends Prepared {
  readonly step: number
  readonly state: HostTensors
  readonly reason: Reason
}

/**
 * Trains a game. Left: why it could not start, or what ended it. Without a recorder, only the returned state is kept.
 *
 * @example
 * const trained = await train(spec)()
 * if (trained._tag === 'Right') console.log(trained.right.state)
 */
export const train = (game: GameSpec, options: PrepareOptions & PlayOptions = {}): Task<TrainError, Trained> =>
  task(
    pipe(
      prepare(game, options),
      TE.flatMap((prepared) => play(prepared, options)),
    ),
  )

/** Trains a prepared game, in chunks of steps, until the last step, a signal or an error. */
export const play = (prepared: Prepared, options: PlayOptions = {}): TE.TaskEither<TrainError, Trained> => {
  const { compiled, backend, drawSource } = prepared
  return pipe(
    TE.fromEither(startState(prepared, options)),
    TE.bindTo('start'),
    TE.tapIO(() => () => saySlowPreparation(prepared, options)),
    TE.bindW('session', ({ start }) => createSession(compiled, backend, drawSource, start.state, stepsBefore(options))),
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
  TE.bracket<TrainError, CheckpointSampler | undefined, Trained>(
    options.recorder === undefined ? TE.right(undefined) : createCheckpointSampler(prepared, session),
    (checkpointSampler) => () => playOn(prepared, session, checkpointSampler, options),
    (checkpointSampler) => TE.fromIO(() => checkpointSampler?.dispose()),
  )

/** The number of steps before this run: 0, unless it continues from a saved state. */
const stepsBefore = ({ from }: { readonly from?: PlayOptions['from'] | undefined }): number =>
  from === undefined ? 0 : from.step

/** In seconds. A longer preparation is announced. */
const longPreparation = 60

const saySlowPreparation = ({ compiled, backend }: Prepared, { from, onEvent = () => {} }: PlayOptions): void => {
  if (backend.secondsToPrepare === undefined) return
  const { nodes } = compiled.step
  const seconds = Math.round(backend.secondsToPrepare(compiled.step))
  if (seconds >= longPreparation)
    onEvent({
      type: 'preparing',
      step: stepsBefore({ from }),
      backend: backend.info.name,
      nodes: nodes.length,
      seconds,
    })
}

/** Adds what was taken from another run to the event `started`. */
const withTaken = (options: PlayOptions, taken: Taken): PlayOptions => {
  const { onEvent } = options
  if (onEvent === undefined) return options
  return { ...options, onEvent: (event) => onEvent(event.type === 'started' ? { ...event, taken } : event) }
}

interface Start {
  readonly state: HostTensors
  readonly taken?: Taken
}

const startState = ({ compiled }: Prepared, { from, warmStart }: PlayOptions): E.Either<TrainError, Start> => {
  if (from !== undefined)
    return pipe(
      checkStep(from, compiled.game.steps),
      E.flatMap(() => checkState(compiled, from.state, from.path)),
      E.map(() => ({ state: from.state })),
    )
  const fresh = initialState(compiled.state, compiled.game.seed, createRandom())
  return warmStart === undefined ? E.right({ state: fresh }) : withNetworksOf(compiled, fresh, warmStart)
}

const checkStep = ({ step, path }: Saved, steps: number): E.Either<RunError, void> => {
  if (!Number.isSafeInteger(step) || step < 0)
    return E.left(
      runError(path, `expected a whole number of steps, found ${step}`, 'Pass the step of the saved state.'),
    )
  if (step <= steps) return E.right(undefined)
  const message = `the run is at step ${step}, but the game has only ${steps} steps`
  return E.left(runError(path, message, 'Give the game a larger `steps`.'))
}

/** In seconds: the most work that a crash loses. */
const tenMinutes = 600

/** Lets timers and signals run, because a backend may block the thread. */
const breathe: TE.TaskEither<never, void> = TE.fromTask(() => new Promise((resolve) => setTimeout(resolve, 0)))

/** The training loop: does what `nextAction` decides, until the run ends. */
const playOn = async (
  prepared: Prepared,
  session: Session,
  checkpointSampler: CheckpointSampler | undefined,
  options: PlayOptions,
): Promise<E.Either<TrainError, Trained>> => {
  const { steps } = prepared.compiled.game
  const { recorder, signal, onEvent = () => {}, saveEvery = Math.max(1, steps), saveSeconds = tenMinutes } = options
  const first = session.step()
  const most = mostSteps(prepared.compiled.step)
  const keeper = createCheckpointKeeper({ session, checkpointSampler, recorder, onEvent, from: options.from })
  let speed: Speed = { began: { step: first, time: performance.now() } }

  /** Runs one chunk of steps. */
  const advance = async (count: number, planned: number): Promise<E.Either<Ending, void>> => {
    const [from, start] = [session.step(), performance.now()]
    const costs = await session.run(count)()
    if (E.isLeft(costs)) return costs
    const step = session.step()
    const after = speedAfter(speed, { planned, first: from, step, start, end: performance.now() })
    speed = after.speed
    onEvent({ type: 'progress', step, steps, costs: newest(costs.right), stepsPerSecond: after.stepsPerSecond })
    const written = recorder === undefined ? E.right(undefined) : await recorder.costs(from, costs.right)()
    return E.isLeft(written) ? written : breathe()
  }
  const failed = (error: Ending): E.Either<TrainError, never> =>
    E.left(error.type === 'NotFinite' ? diverged(error, keeper.saved()) : halted(session.step(), error, keeper.saved()))

  onEvent(started(prepared, first))
  for (;;) {
    const planned = nextChunk(speed.last, most)
    const [isKept, isLate, isStopped] = [keeper.isKept(), keeper.secondsSince() > saveSeconds, signal?.aborted === true]
    const action = nextAction({
      step: session.step(),
      first,
      steps,
      saveEvery,
      isKept,
      isLate,
      isStopped,
      most: planned,
    })
    if (action.type === 'end') {
      const state = await session.read()()
      if (E.isLeft(state)) return failed(state.left)
      const step = session.step()
      onEvent({ type: 'stopped', step, steps, reason: action.reason })
      return E.right({ ...prepared, step, state: state.right, reason: action.reason })
    }
    const done = await (action.type === 'save' ? keeper.save(action.samples)() : advance(action.count, planned))
    if (E.isLeft(done)) return failed(done.left)
  }
}

const newest = (costs: Costs): { readonly [player: string]: number } =>
  Object.fromEntries(
    Object.entries(costs).map(([player, values]) => [player, present(values.at(-1), `a cost of ${player}`)]),
  )

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
