import type { BackendInfo } from '../backends/core/backend.ts'
import type { PassedOver } from '../backends/start/auto.ts'
import type { SlowBackend } from '../backends/start/slow.ts'
import type { SpecWarning } from '../errors/warnings.ts'
import type { Change } from './changes.ts'
import type { Circumstances } from './history.ts'
import type { Taken } from './transfer.ts'

/** Why a run ended without an error: it finished, or was asked to stop. */
export type Reason = 'finished' | 'interrupted'

/** The events of a run. `step` is the number of completed steps. */
export type TrainEvent =
  /** Sent before a long compilation, during which no other event can come. */
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
      /** Better backends that did not start, and why. Empty if the user named the backend. */
      readonly passedOver: readonly PassedOver[]
      /** If the user named no backend and a faster CPU backend did not start: what to do. */
      readonly slow?: SlowBackend
      /** What computed the run so far, if it continues with something else: equal within rounding, but not bit by bit. */
      readonly before?: Circumstances
      /** The changes in the spec of a resumed run. They hold from this step on. */
      readonly changes?: readonly Change[]
      /** The networks taken from another run. */
      readonly taken?: Taken
      readonly warnings: readonly SpecWarning[]
    }
  | {
      readonly type: 'progress'
      readonly step: number
      readonly steps: number
      /** Each player's cost in the newest step. */
      readonly costs: { readonly [player: string]: number }
      /** The average since the first steps. */
      readonly stepsPerSecond: number
    }
  | { readonly type: 'samples'; readonly step: number; readonly path: string }
  | { readonly type: 'checkpoint'; readonly step: number; readonly path: string }
  | { readonly type: 'stopped'; readonly step: number; readonly steps: number; readonly reason: Reason }
