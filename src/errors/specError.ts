import type { NonEmptyArray } from '#fp-ts/NonEmptyArray'
import { type SourceLine, type SpecPlace, showPlace, type TermPlace } from './place.ts'
import { cut, printable } from './quoted.ts'

/** A problem: what was expected, what was found, and what to do. */
export interface Problem {
  readonly expected: string
  readonly found: string
  readonly hint: string
}

/** A mistake in a spec, with the path to its place: `['networks', 'D', 'nodes', '3', 'layer', 'units']`. */
export interface SpecError extends Problem {
  readonly type: 'SpecError'
  readonly path: readonly string[]
  /** The wrong expression, if the mistake is in one. */
  readonly term?: TermPlace
  /** The kind and name of the wrong layer, if the mistake is in one. */
  readonly layer?: string
  /** The line of the user's code that wrote it, if known. */
  readonly source?: SourceLine
}

/** All mistakes found: at least one. */
export type SpecErrors = NonEmptyArray<SpecError>

/** The most characters of each part of a message, so that a message which quotes a spec fits on a screen. */
const longestPart = 400

/** Makes a `SpecError`, and cuts the long parts of the problem. */
export const specError = (
  path: readonly string[],
  { expected, found, hint }: Problem,
  term?: TermPlace,
): SpecError => ({
  type: 'SpecError',
  path,
  expected: printable(expected, longestPart),
  found: printable(found, longestPart),
  hint: cut(hint, longestPart),
  ...(term !== undefined && { term }),
})

const placeOf = ({ path, term, layer, source }: SpecError): SpecPlace => ({
  type: 'spec',
  path,
  ...(term !== undefined && { term }),
  ...(layer !== undefined && { layer }),
  ...(source !== undefined && { source }),
})

/** Where a mistake is, what is wrong, and what to do. */
export const problemOf = (
  error: SpecError,
): { readonly place: SpecPlace; readonly message: string; readonly hint: string } => ({
  place: placeOf(error),
  message: `expected ${error.expected}, found ${error.found}`,
  hint: error.hint,
})

/** `networks.D.nodes.3.layer: expected ..., found ...` and the hint on a line of its own. */
export const showSpecError = (error: SpecError): string => {
  const { place, message, hint } = problemOf(error)
  return `${showPlace(place)}: ${message}\n  ${hint}`
}

/** At most so many mistakes are shown at once. */
const mostShown = 10
/** At most so many places of one mistake are named. */
const mostPlaces = 3

/**
 * Whether a path leads into an expression, past the field that holds it. A formula of a few lines has thousands of places
 * in its JSON.
 */
const isInFormula = ([first, ...rest]: readonly string[]): boolean => {
  if (first === 'samples' || first === 'shared') return true
  if (first === 'players') return rest[1] === 'objective'
  // An optimizer that wraps another holds it in its field `of`.
  return first === 'optimizers' && rest.slice(1).filter((name) => name !== 'of').length > 1
}

/** Groups mistakes: those with the same expectation, finding and hint have the same cause. */
const causeOf = ({ path, expected, found, hint }: SpecError): string =>
  JSON.stringify([isInFormula(path) ? [] : path, expected, found, hint])

const grouped = (errors: readonly SpecError[]): readonly NonEmptyArray<SpecError>[] => {
  const groups = new Map<string, NonEmptyArray<SpecError>>()
  for (const error of errors) {
    const group = groups.get(causeOf(error))
    if (group === undefined) groups.set(causeOf(error), [error])
    else group.push(error)
  }
  return [...groups.values()]
}

const shownPlace = (error: SpecError): string => showPlace(placeOf(error))

const showGroup = ([first, ...others]: NonEmptyArray<SpecError>): string => {
  const places = new Set(others.map(shownPlace))
  places.delete(shownPlace(first))
  if (places.size === 0) return showSpecError(first)
  if (first.term === undefined)
    return `${showSpecError(first)}\n  The same mistake is at ${places.size} more places of the formula.`
  const named = [...places].slice(0, mostPlaces - 1)
  const rest = places.size - named.length
  return `${showSpecError(first)}\n  The same mistake is at ${named.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`
}

/** Each distinct mistake once, the first ten of them, and how many more there are. */
export const showSpecErrors = (errors: SpecErrors): string => {
  const groups = grouped(errors)
  const [only, second] = groups
  if (only !== undefined && second === undefined) return showGroup(only)
  const rest = groups.length - mostShown
  return [
    `the spec has ${groups.length} mistakes`,
    ...groups.slice(0, mostShown).map(showGroup),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ].join('\n')
}
