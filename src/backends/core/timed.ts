import type { Backend } from './backend.ts'

/** A backend with a clock. */
export interface Timed {
  readonly backend: Backend
  /** How many seconds its runs have taken so far; a clock that runs always will do for one in this process. */
  readonly spent: () => number
}
