import type { Backend } from './backend.ts'

/** A backend that measures its time. */
export interface Timed {
  readonly backend: Backend
  /** The seconds that its runs have taken so far. For a backend in this process, any clock will do. */
  readonly spent: () => number
}
