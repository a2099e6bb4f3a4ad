import { cpus } from 'node:os'
import type { BackendInfo } from '../../src/backends/core/backend.ts'

/** A backend that runs the table of cases, one case at a time, by name. */
export interface Runner {
  readonly info: BackendInfo
  /** What it runs in. */
  readonly environment: string
  /** What it gets wrong. */
  readonly disagreements: (name: string) => Promise<readonly string[]>
  /** Whether all steps in one call are, bit by bit, the steps one by one. */
  readonly sameInChunks: (name: string) => Promise<boolean>
  readonly close: () => Promise<void>
}

/** This machine, in words. */
export const machine = (): string => `${process.platform} ${process.arch}, ${cpus()[0]?.model ?? 'an unknown CPU'}`
