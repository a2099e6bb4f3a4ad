import type { Expr } from '../terms/expression.ts'

/** What a loss, penalty or view was given, as data: a number, a text, an expression, or views. */
export type Parameter = number | string | Expr | Piece | readonly Piece[]
export interface Parameters {
  readonly [name: string]: Parameter
}

/** A loss, penalty or view of the library by its name in the table of its kind, and what it was given. */
export interface Piece {
  readonly name: string
  readonly parameters: Parameters
}

/**
 * Gives a value its name and parameters. They are not enumerable: a spread copy, in which something else may stand, has none.
 * A function is made for the purpose, as this changes it.
 */
export const named = <A extends object>(name: string, parameters: Parameters, value: A): A & Piece =>
  Object.defineProperties(value, {
    name: { value: name },
    parameters: { value: parameters },
  }) as A & Piece

const isPiece = (value: unknown): value is Piece =>
  value !== null &&
  (typeof value === 'object' || typeof value === 'function') &&
  Object.getOwnPropertyDescriptor(value, 'parameters')?.enumerable === false

/** The name and parameters of what the library made; absent where a user wrote it. */
export const pieceOf = (value: unknown): Piece | undefined =>
  isPiece(value) ? { name: value.name, parameters: value.parameters } : undefined

/** `parameters` as far as all of them are data; a view that a user wrote is none. */
export const namedWith = <A extends object>(
  name: string,
  parameters: { readonly [name: string]: Parameter | undefined },
  value: A,
): A => {
  const given = Object.entries(parameters).flatMap(([key, each]) => (each === undefined ? [] : [[key, each] as const]))
  return given.length === Object.keys(parameters).length ? named(name, Object.fromEntries(given), value) : value
}

/** How a loss came about: the one that it was, `own` where a user wrote it, and what changed it, one after the other. */
export interface Written {
  readonly loss: Piece | 'own'
  readonly changes: readonly Piece[]
}

const isWritten = (value: object): value is { readonly written: Written } =>
  Object.getOwnPropertyDescriptor(value, 'written')?.enumerable === false

export const writtenOf = (loss: object): Written =>
  isWritten(loss) ? loss.written : { loss: pieceOf(loss) ?? 'own', changes: [] }

/** Gives what a change made of a loss that loss's history. */
export const changed = <A extends object>(from: object, change: Piece, value: A): A => {
  const { loss, changes } = writtenOf(from)
  const written: Written = { loss, changes: [...changes, change] }
  return Object.defineProperty(value, 'written', { value: written })
}
