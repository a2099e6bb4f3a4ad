import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { Executable, Feeds } from '../core/backend.ts'
import { onDevice } from './activate.ts'
import { attempt } from './error.ts'
import { disposeAll, type Tensors } from './holds.ts'
import { type Metrics, metricValues, readOnce } from './metrics.ts'
import type { Ready } from './ready.ts'
import { checkDraws, takeSteps } from './steps.ts'

/** The state that an executable works on. */
export interface StateCell {
  readonly get: () => Tensors
  /** Replaces the tensors that are named. */
  readonly replace: (tensors: Tensors) => void
}

const doing = 'running a program'
const hint = 'Run it on the reference backend to see whether the program is at fault.'

/** The device is waited for once, when all steps are asked of it. The state changes only where they all came about. */
const execute = (ready: Ready, cell: StateCell, feeds: Feeds): TE.TaskEither<BackendError, Metrics> => {
  const { device, plan } = ready
  return pipe(
    attempt(device, doing, hint, () => onDevice(device, () => takeSteps(ready, cell.get(), feeds))),
    TE.flatMap(({ written, vector }) =>
      pipe(
        readOnce(device, doing, vector),
        TE.orElseFirstIOK(() => () => disposeAll(Object.values(written))),
        TE.chainFirstIOK(() => () => cell.replace(written)),
      ),
    ),
    TE.map((values) => metricValues(plan, values, feeds.count)),
  )
}

export const createExecutable = (ready: Ready, cell: StateCell): Executable => ({
  run: (feeds) =>
    pipe(
      TE.fromIO(() => checkDraws(ready.program, feeds)),
      TE.flatMap(() => execute(ready, cell, feeds)),
    ),
  dispose: () => disposeAll(ready.kept.values()),
})
