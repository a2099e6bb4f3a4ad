import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type * as T from '#fp-ts/Task'
import * as TE from '#fp-ts/TaskEither'
import type { Backend } from '../../backends/core/backend.ts'
import type { Timed } from '../../backends/core/timed.ts'
import { type Compiled, timetable } from '../../compile/compile.ts'
import { parametersOf } from '../../compile/elaborate.ts'
import type { BackendError } from '../../errors/backendError.ts'
import type { Floats, HostTensors } from '../../ir/hostTensor.ts'
import { at, present } from '../../ir/present.ts'
import { createExecutables } from '../../run/executables.ts'
import { initialState } from '../../run/initialState.ts'
import type { ReadyGame } from '../../run/prepare.ts'
import { createRandom } from '../../run/random/random.ts'
import type { Comparison, Measured } from './comparison.ts'
import { type FreeRun, freeRun } from './freeRun.ts'
import { referenceSteps } from './reference.ts'
import type { Stepper } from './singleStep.ts'
import { nothingYet, searchedEnd, type Tally, tallied, verdictOf } from './tally.ts'

export interface CompareOptions {
  readonly backends: readonly string[]
  readonly steps: number
  readonly start: (name: string) => TE.TaskEither<BackendError, Timed>
  /** Hears what is done, and of how much of it so much is done. */
  readonly onProgress?: (doing: string, done: number, all: number) => void
}

/** A backend that has run freely, and is ready for single steps. */
interface Contestant {
  readonly backend: Backend
  readonly free: FreeRun
  readonly stepper: Stepper
  readonly tally: Tally
}

type Contestants = ReadonlyMap<string, E.Either<BackendError, Contestant>>

/**
 * Runs a game freely on each backend, then takes each step of the reference, from its state, on all of them. What fails on
 * one backend is a result of that one.
 */
export const compare =
  (game: ReadyGame, options: CompareOptions): T.Task<Comparison> =>
  async () => {
    const { state, game: spec } = game.compiled
    const programs = timetable(game.compiled)
    const initial = initialState(state, spec.seed, createRandom())
    const entered = await freeRuns(game, initial, options)
    const stepped = await singleSteps(entered, game, initial, options)
    const contestants = await afterEach(stepped.contestants, ({ tally, backend, free }) =>
      free.failing === undefined
        ? TE.right(tally)
        : searchedEnd(tally, backend, programs(free.failing.step), free.failing),
    )
    const final = stepped.notFinite === undefined ? stepped.state : undefined
    const backends = [...contestants].map(([name, contestant]) => ({
      name,
      outcome: pipe(
        contestant,
        E.map((each) => measuredOf(game, each, final)),
      ),
    }))
    for (const contestant of contestants.values()) if (E.isRight(contestant)) leave(contestant.right)
    const { notFinite } = stepped
    return { steps: options.steps, ...(notFinite !== undefined && { notFinite }), backends }
  }

const freeRuns = async (
  game: ReadyGame,
  initial: HostTensors,
  { backends, steps, start, onProgress = () => {} }: CompareOptions,
): Promise<Contestants> => {
  const contestants = new Map<string, E.Either<BackendError, Contestant>>()
  for (const name of backends) {
    onProgress(`${steps} steps on ${name}`, 0, steps)
    const entered = pipe(
      start(name),
      TE.flatMap((timed) => enter(timed, game, initial, steps)),
    )
    contestants.set(name, await entered())
  }
  return contestants
}

/** What single steps came to: the reference's last state, or the step that is not finite. */
interface Stepped {
  readonly contestants: Contestants
  readonly state: HostTensors
  readonly notFinite?: number
}

const singleSteps = async (
  entered: Contestants,
  { compiled, drawSource }: ReadyGame,
  initial: HostTensors,
  { steps, onProgress = () => {} }: CompareOptions,
): Promise<Stepped> => {
  let contestants = entered
  let state = initial
  let done = 0
  const isOver = (): boolean => [...contestants.values()].every(E.isLeft)
  if (isOver()) return { contestants, state }
  for (const reference of referenceSteps(timetable(compiled), drawSource, initial, steps)) {
    contestants = await afterEach(contestants, ({ tally, backend, stepper }) =>
      tallied(tally, backend, stepper, reference),
    )
    state = reference.state
    onProgress("single steps from the reference's state", ++done, steps)
    if (isOver()) return { contestants, state }
  }
  return { contestants, state, ...(done < steps && { notFinite: done }) }
}

/** A free run, then what single steps need. */
const enter = (
  timed: Timed,
  { compiled, drawSource }: ReadyGame,
  initial: HostTensors,
  steps: number,
): TE.TaskEither<BackendError, Contestant> =>
  pipe(
    freeRun(timed, timetable(compiled), drawSource, initial, steps),
    TE.bindTo('free'),
    TE.bind('store', () => timed.backend.store(initial)),
    TE.map(({ free, store }) => ({
      backend: timed.backend,
      free,
      stepper: { store, executables: createExecutables(store) },
      tally: nothingYet,
    })),
    TE.tapError(() => TE.fromIO(() => timed.backend.dispose?.())),
  )

const leave = ({ backend, stepper }: Contestant): void => {
  stepper.executables.dispose()
  stepper.store.dispose()
  backend.dispose?.()
}

/** One contestant after the other; one that fails is out. */
const afterEach = async (
  contestants: Contestants,
  next: (contestant: Contestant) => TE.TaskEither<BackendError, Tally>,
): Promise<Contestants> => {
  const after = new Map(contestants)
  for (const [name, contestant] of contestants) {
    if (E.isLeft(contestant)) continue
    const tally = await next(contestant.right)()
    if (E.isLeft(tally)) leave(contestant.right)
    after.set(
      name,
      pipe(
        tally,
        E.map((found) => ({ ...contestant.right, tally: found })),
      ),
    )
  }
  return after
}

const measuredOf = (
  { compiled }: ReadyGame,
  { backend, free, tally }: Contestant,
  final: HostTensors | undefined,
): Measured => ({
  info: backend.info,
  seconds: free.seconds,
  worst: tally.worst,
  ...(free.failing !== undefined && { notFinite: free.failing.step }),
  ...(free.failing === undefined && final !== undefined && { drift: drift(compiled, free.state, final) }),
  verdict: verdictOf(tally),
})

/** Memory of optimizers is left out: that of a gradient that is 0 is rounding alone. */
const drift = ({ networks }: Compiled, found: HostTensors, reference: HostTensors): number => {
  const squares = Object.values(networks)
    .flatMap(parametersOf)
    .map(({ name }) => squaresOf(present(found[name], name).values, present(reference[name], name).values))
  const off = squares.reduce((sum, each) => sum + each.off, 0)
  const size = squares.reduce((sum, each) => sum + each.size, 0)
  return Math.sqrt(off / Math.max(size, Number.MIN_VALUE))
}

const squaresOf = (found: Floats, exact: Floats) => {
  let off = 0
  let size = 0
  exact.forEach((x, i) => {
    off += (at(found, i) - x) ** 2
    size += x ** 2
  })
  return { off, size }
}
