import { type SourceLine, showPlace } from './place.ts'

/** A likely mistake in a valid spec: where it is, what it causes, and what to do. Training continues. */
export interface SpecWarning {
  readonly type: 'SpecWarning'
  /** The path to its place: `['optimizers', 'generator', 'rate']`. */
  readonly path: readonly string[]
  /** The line of the user's code that wrote it, if known. */
  readonly source?: SourceLine
  /** What happens, without a full stop at the end. */
  readonly message: string
  /** What to write or to do, as a sentence. */
  readonly hint: string
}

export const specWarning = (path: readonly string[], message: string, hint: string): SpecWarning => ({
  type: 'SpecWarning',
  path,
  message,
  hint,
})

/**
 * `optimizers.generator.rate: the rate is 0 from step 8000 on` and the hint on a line of its own.
 *
 * @example
 * const compiled = compile(spec)
 * if (compiled._tag === 'Right') for (const warning of compiled.right.warnings) console.warn(showSpecWarning(warning))
 */
export const showSpecWarning = ({ path, source, message, hint }: SpecWarning): string =>
  `${showPlace({ type: 'spec', path, ...(source !== undefined && { source }) })}: ${message}\n  ${hint}`
