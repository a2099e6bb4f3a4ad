import type { Expr } from '../terms/expression.ts'

/** A parameter of a loss, penalty or view, as data: a number, a string, an expression, or views. */
export type Parameter = number | string | Expr | Piece | readonly Piece[]
export interface Parameters {
  readonly [name: string]: Parameter
}

/** A loss, penalty or view of the library: its name in its table, and its parameters. */
export interface Piece {
  readonly name: string
  readonly parameters: Parameters
}

/**
 * Attaches a name and parameters to a value. They are not enumerable, so a spread copy, which may be modified, loses them. Changes the
 * value: pass a new one.
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

/** The name and parameters of a value of the library; `undefined` for one that the user wrote. */
export const pieceOf = (value: unknown): Piece | undefined =>
  isPiece(value) ? { name: value.name, parameters: value.parameters } : undefined

/** Attaches name and parameters, but only if all parameters are data. A user's own view is not. */
export const namedWith = <A extends object>(
  name: string,
  parameters: { readonly [name: string]: Parameter | undefined },
  value: A,
): A => {
  const given = Object.entries(parameters).flatMap(([key, each]) => (each === undefined ? [] : [[key, each] as const]))
  return given.length === Object.keys(parameters).length ? named(name, Object.fromEntries(given), value) : value
}

/** The history of a loss: the original loss, or `own` if the user wrote it, and the changes applied to it, in order. */
export interface Written {
  readonly loss: Piece | 'own'
  readonly changes: readonly Piece[]
}

const isWritten = (value: object): value is { readonly written: Written } =>
  Object.getOwnPropertyDescriptor(value, 'written')?.enumerable === false

export const writtenOf = (loss: object): Written =>
  isWritten(loss) ? loss.written : { loss: pieceOf(loss) ?? 'own', changes: [] }

/** Attaches the history of the original loss, plus a change, to a changed loss. */
export const changed = <A extends object>(from: object, change: Piece, value: A): A => {
  const { loss, changes } = writtenOf(from)
  const written: Written = { loss, changes: [...changes, change] }
  return Object.defineProperty(value, 'written', { value: written })
}
