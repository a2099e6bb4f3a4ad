import type { Reason } from './events.ts'

/** Where a run stands, as far as it matters for what it does next. */
export interface Standing {
  /** Steps that are done, and those at which this process began. */
  readonly step: number
  readonly first: number
  /** Of the whole game. */
  readonly steps: number
  /** A checkpoint and samples are kept after so many steps each time. */
  readonly saveEvery: number
  /** Whether the state of this step is kept already, or nothing is kept at all. */
  readonly isKept: boolean
  /** Whether the last checkpoint is too long ago. */
  readonly isLate: boolean
  /** Whether the run was asked to stop. */
  readonly isStopped: boolean
  /** The most steps that are to be played at once. */
  readonly most: number
}

/** What a run does next. */
export type Action =
  | { readonly type: 'save'; readonly samples: boolean }
  | { readonly type: 'play'; readonly count: number }
  | { readonly type: 'end'; readonly reason: Reason }

/**
 * Decides what a run does next. It keeps a checkpoint at its start and end, at regular steps, and where the last one is too
 * long ago; a chunk of steps ends where the next one is due. Samples are kept at regular steps alone, so that neither an
 * interruption nor the time leaves a trace in a run.
 */
export const nextAction = (standing: Standing): Action => {
  const { step, first, steps, saveEvery, isKept, isLate, isStopped, most } = standing
  const isRegular = step % saveEvery === 0 || step === steps
  const isEnd = step >= steps || isStopped
  if (!isKept && (step === first || isRegular || isLate || isEnd)) return { type: 'save', samples: isRegular }
  if (isEnd) return { type: 'end', reason: step < steps ? 'interrupted' : 'finished' }
  return { type: 'play', count: Math.min(most, steps - step, saveEvery - (step % saveEvery)) }
}
