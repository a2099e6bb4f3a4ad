import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Compiled } from '../core/compiled.ts'
import { onDevice } from './activate.ts'
import type { Tensor } from './device.ts'
import { attempt } from './error.ts'
import { metricValues, readOnce } from './metrics.ts'
import type { Ready } from './ready.ts'
import { takeSteps } from './steps.ts'
import { disposeAll } from './tensors.ts'

const doing = 'running a program'
const hint = 'Run it on the reference backend to see whether the program is at fault.'

/** Waits for the device once, after all steps have been submitted. */
export const createExecutable = (ready: Ready): Compiled<Tensor> => {
  const { device, plan } = ready
  return {
    run: (state, feeds) =>
      pipe(
        attempt(device, doing, hint, () => onDevice(device, () => takeSteps(ready, state, feeds))),
        TE.flatMap(({ written, vector }) =>
          pipe(
            readOnce(device, doing, vector),
            TE.orElseFirstIOK(() => () => disposeAll(Object.values(written))),
            TE.map((values) => ({ written, metrics: metricValues(plan, values, feeds.count) })),
          ),
        ),
      ),
    dispose: () => disposeAll(ready.kept.values()),
  }
}
