import type { Chunk } from './pace.ts'

/** The data for a run's speed: since when its steps are timed, and its last chunk. Times are in milliseconds. */
export interface Speed {
  readonly began: { readonly step: number; readonly time: number }
  readonly last?: Chunk
}

/** A completed chunk of steps: its planned length, the step after it, and when it started and ended. */
interface Ended {
  readonly planned: number
  readonly first: number
  readonly step: number
  readonly start: number
  readonly end: number
}

/** The speed after a chunk, in steps per second. The first chunk is slow and does not count. */
export const speedAfter = (
  { began, last }: Speed,
  { planned, first, step, start, end }: Ended,
): { readonly speed: Speed; readonly stepsPerSecond: number } => ({
  speed: {
    began: last === undefined ? { step, time: end } : began,
    last: { planned, steps: step - first, seconds: (end - start) / 1000 },
  },
  stepsPerSecond: (1000 * (step - began.step)) / (end - began.time),
})
