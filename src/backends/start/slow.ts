import type { BackendInfo } from '../core/backend.ts'
import { fastest, type PassedOver } from './auto.ts'
import { isBackendName, rowOf } from './catalogue.ts'

/** A backend that was chosen because a faster CPU backend did not start. Training continues. */
export interface SlowBackend {
  readonly type: 'SlowBackend'
  /** The backend in use. */
  readonly backend: string
  /** Why the faster one did not start, and how slow this one is, without a full stop. */
  readonly message: string
  /** The command or sentence that installs the faster one. */
  readonly hint: string
}

/** The warning about an automatic choice; `undefined` for a GPU or the fastest CPU backend. */
export const slowBackend = (
  { name, accelerator }: BackendInfo,
  passedOver: readonly PassedOver[],
): SlowBackend | undefined => {
  if (accelerator !== 'none' || !isBackendName(name)) return undefined
  const better = fastest.flatMap((each) => passedOver.find((passed) => passed.name === each) ?? [])[0]
  if (better === undefined) return undefined
  const [why] = better.reason.split('\n')
  const message = `${why}, so ${name} computes, ${rowOf(name).slowness ?? 'slower'}`
  return { type: 'SlowBackend', backend: name, message, hint: better.hint ?? 'name another backend' }
}

/**
 * One line: what is missing, how slow that makes it, and what to do.
 *
 * @example
 * const trained = await train(spec)()
 * if (trained._tag === 'Right' && trained.right.slow) console.warn(showSlowBackend(trained.right.slow))
 */
export const showSlowBackend = ({ message, hint }: SlowBackend): string => `${message}: ${hint}`
