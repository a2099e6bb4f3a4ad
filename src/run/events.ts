import type { BackendInfo } from '../backends/core/backend.ts'
import type { PassedOver } from '../backends/start/auto.ts'
import type { SlowBackend } from '../backends/start/slow.ts'
import type { SpecWarning } from '../errors/warnings.ts'
import type { Change } from './changes.ts'
import type { Circumstances } from './history.ts'
import type { Taken } from './transfer.ts'

/** Why a run ended well: its last step is done, or it was asked to stop. */
export type Reason = 'finished' | 'interrupted'

/** What a run says while it goes on. `step` counts the steps that are done. */
export type TrainEvent =
  /** The backend takes long to compile the step: it is said before, for nothing else is heard until then. */
  | {
      readonly type: 'preparing'
      readonly step: number
      readonly backend: string
      readonly nodes: number
      readonly seconds: number
    }
  | {
      readonly type: 'started'
      readonly step: number
      readonly steps: number
      readonly parameters: number
      readonly backend: BackendInfo
      /** Better backends that could not be taken, and why: none where the backend was named. */
      readonly passedOver: readonly PassedOver[]
      /** Where nobody named the backend, and a faster one on the CPU could not be taken: what to do. */
      readonly slow?: SlowBackend
      /** What computed the run until here, where it goes on with something else: equal within rounding, not bit by bit. */
      readonly before?: Circumstances
      /** What changed in the spec of a run that goes on: it holds from this step on. */
      readonly changes?: readonly Change[]
      /** What was taken from another run. */
      readonly taken?: Taken
      readonly warnings: readonly SpecWarning[]
    }
  | {
      readonly type: 'progress'
      readonly step: number
      readonly steps: number
      /** What each player minimised in the newest step. */
      readonly costs: { readonly [player: string]: number }
      /** On average, since the first steps. */
      readonly stepsPerSecond: number
    }
  | { readonly type: 'samples'; readonly step: number; readonly path: string }
  | { readonly type: 'checkpoint'; readonly step: number; readonly path: string }
  | { readonly type: 'stopped'; readonly step: number; readonly steps: number; readonly reason: Reason }
