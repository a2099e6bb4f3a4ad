import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Store } from '../../backends/core/backend.ts'
import type { Timed } from '../../backends/core/timed.ts'
import { using } from '../../backends/core/using.ts'
import { equalSteps, type Timetable } from '../../compile/compile.ts'
import type { BackendError } from '../../errors/backendError.ts'
import type { HostTensors } from '../../ir/hostTensor.ts'
import { at } from '../../ir/present.ts'
import { goodSteps } from '../../run/costs.ts'
import type { DrawSource } from '../../run/draws.ts'
import { createExecutables, type Executables } from '../../run/executables.ts'
import { mostSteps } from '../../run/pace.ts'
import type { Moment } from './moment.ts'

/** Steps that a backend took one after the other, as it does in training. */
export interface FreeRun {
  /** The median time of a step. */
  readonly seconds: number
  readonly state: HostTensors
  /** Before the step whose costs are not finite, if there is one: the run ended there. */
  readonly failing?: Moment
}

/** Calls of several steps, as in training, yet enough of them for a median. */
const calls = 10

export const freeRun = (
  { backend, spent }: Timed,
  programs: Timetable,
  drawSource: DrawSource,
  initial: HostTensors,
  steps: number,
): TE.TaskEither<BackendError, FreeRun> =>
  using(backend.store(initial), (store) =>
    using(
      TE.right(createExecutables(store)),
      (executables) => () => run(store, executables, spent, programs, drawSource, steps),
    ),
  )

const run = async (
  store: Store,
  executables: Executables,
  spent: Timed['spent'],
  programs: Timetable,
  drawSource: DrawSource,
  steps: number,
): Promise<E.Either<BackendError, FreeRun>> => {
  const take = (first: number, count: number) =>
    pipe(
      executables.of(programs(first)),
      TE.flatMap((executable) => executable.run({ first, count, draws: drawSource(programs(first), first, count) })),
    )()
  const most = Math.min(Math.ceil(steps / calls), mostSteps(programs(0)))
  const times: number[] = []
  let done = 0
  let isGood = true
  while (done < steps && isGood) {
    // A first call is slow.
    const count = done === 0 ? 1 : equalSteps(programs, done, Math.min(most, steps - done))
    const start = spent()
    const costs = await take(done, count)
    if (E.isLeft(costs)) return costs
    times.push((spent() - start) / count)
    const good = goodSteps(costs.right, count)
    isGood = good === count
    if (!isGood) store.undo()
    const again = isGood || good === 0 ? costs : await take(done, good)
    if (E.isLeft(again)) return again
    done += good
  }
  const seconds = median(times.length > 1 ? times.slice(1) : times)
  return pipe(
    await store.read()(),
    E.map((state) => ({
      seconds,
      state,
      ...(!isGood && { failing: { step: done, state, draws: drawSource(programs(done), done, 1) } }),
    })),
  )
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return at(sorted, Math.floor(sorted.length / 2))
}
