import type { BackendInfo } from '../../../src/backends/core/backend.ts'
import type { Outcome } from '../report.ts'

/** What a process is asked for. */
export interface Asked {
  readonly backend: string
  /** A folder with a Vulkan to take. */
  readonly vulkan?: string
  /** Cases, by name. */
  readonly cases: readonly string[]
  /** Cases whose steps in one call are to be those one by one. */
  readonly chunks: readonly string[]
}

/** What it says, line by line. */
export type Line =
  | { readonly type: 'started'; readonly info: BackendInfo; readonly environment: string }
  | ({ readonly type: 'case' | 'chunk' } & Outcome)
  | { readonly type: 'ended' }
