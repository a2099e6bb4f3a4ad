import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { type SpecWarning, specWarning } from '../errors/warnings.ts'
import type { OpenedRun } from './openRun.ts'
import type { FolderOptions } from './playIn.ts'

/** Warnings about files that a resumed run should have but does not need: its log and its samples. */
export const missingParts = ({ paths, info }: OpenedRun, step: number): readonly SpecWarning[] => {
  const lost = (path: string, what: string): readonly SpecWarning[] =>
    existsSync(path)
      ? []
      : [
          specWarning(
            [basename(path)],
            `it is missing from the run's folder, and with it ${what}`,
            'The run continues without it, and starts a new one.',
          ),
        ]
  return [
    ...(step < info.costsEvery ? [] : lost(paths.metrics, `the costs of the first ${step} steps`)),
    ...lost(paths.samples, 'the samples that were kept'),
  ]
}

/** The same options, but `onEvent` also receives warnings about missing files. */
export const withMissing = (options: FolderOptions, missing: readonly SpecWarning[]): FolderOptions => {
  const { onEvent } = options
  if (onEvent === undefined || missing.length === 0) return options
  return {
    ...options,
    onEvent: (event) =>
      onEvent(event.type === 'started' ? { ...event, warnings: [...event.warnings, ...missing] } : event),
  }
}
