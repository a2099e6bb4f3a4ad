import type { Reason } from './events.ts'

/** The facts about a run that decide what it does next. */
export interface Standing {
  /** The number of completed steps, and that at which this process started. */
  readonly step: number
  readonly first: number
  /** The number of steps of the game. */
  readonly steps: number
  /** After how many steps a checkpoint and samples are saved. */
  readonly saveEvery: number
  /** Whether this step's state is saved already, or nothing is saved at all. */
  readonly isKept: boolean
  /** Whether the last checkpoint is too old. */
  readonly isLate: boolean
  /** Whether the run was asked to stop. */
  readonly isStopped: boolean
  /** The most steps of the next chunk. */
  readonly most: number
}

/** What a run does next. */
export type Action =
  | { readonly type: 'save'; readonly samples: boolean }
  | { readonly type: 'play'; readonly count: number }
  | { readonly type: 'end'; readonly reason: Reason }

/**
 * Decides what a run does next. It saves a checkpoint at its start and end, at regular steps, and when the last one is too old. A chunk
 * of steps ends where the next checkpoint is due. Samples are saved only at regular steps, so that interruptions leave no trace.
 */
export const nextAction = (standing: Standing): Action => {
  const { step, first, steps, saveEvery, isKept, isLate, isStopped, most } = standing
  const isRegular = step % saveEvery === 0 || step === steps
  const isEnd = step >= steps || isStopped
  if (!isKept && (step === first || isRegular || isLate || isEnd)) return { type: 'save', samples: isRegular }
  if (isEnd) return { type: 'end', reason: step < steps ? 'interrupted' : 'finished' }
  return { type: 'play', count: Math.min(most, steps - step, saveEvery - (step % saveEvery)) }
}
