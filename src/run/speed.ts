import type { Chunk } from './pace.ts'

/** How fast a run goes: since when the time of its steps counts, and its last chunk. Times are in milliseconds. */
export interface Speed {
  readonly began: { readonly step: number; readonly time: number }
  readonly last?: Chunk
}

/** A chunk of steps that was played: how many were planned, the step after it, and when it began and ended. */
interface Ended {
  readonly planned: number
  readonly first: number
  readonly step: number
  readonly start: number
  readonly end: number
}

/** The speed after a chunk, and the steps per second until its end. A first chunk is slow, and says little of the others. */
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
