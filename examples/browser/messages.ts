import type { TrainEvent } from 'saddlepoint'

/** What the page asks of its worker. */
export type Request =
  | { readonly type: 'play'; readonly backend: string }
  | { readonly type: 'pause' }
  | { readonly type: 'restart' }

/** What the worker tells the page. */
export type Report =
  | TrainEvent
  /** What each player minimised, step after step from `first`. */
  | {
      readonly type: 'costs'
      readonly first: number
      readonly costs: { readonly [player: string]: Float32Array | Float64Array }
    }
  /** Points that the generator makes, x and y in turn. */
  | { readonly type: 'points'; readonly points: Float32Array }
  | { readonly type: 'failed'; readonly message: string }
