import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { type SpecWarning, specWarning } from '../errors/warnings.ts'
import type { OpenedRun } from './openRun.ts'
import type { FolderOptions } from './playIn.ts'

/** What a run that goes on from a step should have in its folder and has not, although it needs none of it to go on. */
export const missingParts = ({ paths, info }: OpenedRun, step: number): readonly SpecWarning[] => {
  const lost = (path: string, what: string): readonly SpecWarning[] =>
    existsSync(path)
      ? []
      : [
          specWarning(
            [basename(path)],
            `it is gone from the run's folder, and ${what} with it`,
            'The run goes on without. What comes is kept in a new one.',
          ),
        ]
  return [
    ...(step < info.costsEvery ? [] : lost(paths.metrics, `the costs of the first ${step} steps`)),
    ...lost(paths.samples, 'the samples that were kept'),
  ]
}

/** The same, but what listens also hears of what is missing. */
export const withMissing = (options: FolderOptions, missing: readonly SpecWarning[]): FolderOptions => {
  const { onEvent } = options
  if (onEvent === undefined || missing.length === 0) return options
  return {
    ...options,
    onEvent: (event) =>
      onEvent(event.type === 'started' ? { ...event, warnings: [...event.warnings, ...missing] } : event),
  }
}
