import type { NonEmptyArray } from '#fp-ts/NonEmptyArray'
import { printable } from './quoted.ts'

/** What is wrong at some place: what was expected there, what was found, and what to do. */
export interface Problem {
  readonly expected: string
  readonly found: string
  readonly hint: string
}

/** A mistake in a spec, with the path to its place: `['networks', 'D', 'nodes', '3', 'layer', 'units']`. */
export interface SpecError extends Problem {
  readonly type: 'SpecError'
  readonly path: readonly string[]
}

/** Every mistake that was found, one at least. */
export type SpecErrors = NonEmptyArray<SpecError>

export const specError = (path: readonly string[], problem: Problem): SpecError => ({
  type: 'SpecError',
  path,
  ...problem,
})

/** `networks.D.nodes.3.layer: expected ..., found ...` and the hint on a line of its own. */
export const showSpecError = (error: SpecError): string =>
  `${error.path.length === 0 ? 'the spec' : error.path.map((part) => printable(part, 60)).join('.')}: expected ${error.expected}, found ${error.found}\n  ${error.hint}`
