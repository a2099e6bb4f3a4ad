import { refuse } from '../../codecs/argument.ts'
import type { Shape } from '../../ir/program.ts'
import type { Agree, IsScalar, Show } from '../types/shape.ts'
import type { Term } from './term.ts'

/** How a value varies: constant in a batch, per sample, or per pair of samples. */
export type Level = 'batch' | 'sample' | 'pair'

declare const about: unique symbol
/**
 * An expression: its term, and as types only how it varies (`L`), the shape of one value (`S`) and the names that it uses (`U`), such as
 * 'network D' and 'source data'.
 */
export interface Expr<out L extends Level = Level, out S extends Shape = Shape, out U extends string = string> {
  readonly term: Term
  readonly [about]?: { readonly level: L; readonly shape: S; readonly uses: U } | undefined
}

/** The names where none can be inferred, as of a number: they stand in the error, and say what to write. */
export type NoNumber = 'an expression: sub(1, D(x)) and not 1 - D(x), ops.constant([2], [0, 0]) and not 0'

/** An operand of a formula. A number is a constant. */
export type Operand = Expr | number

// Each infers all three: with a constraint in the place of one, TypeScript would resolve none of an expression whose level,
// shape or names are a helper's type parameters.
export type LevelOf<A> = A extends Expr<infer l, infer _s, infer _u> ? l : 'batch'
export type ShapeOf<A> = A extends Expr<infer _l, infer s, infer _u> ? s : []
/** The names that an expression uses, such as 'network D' and 'source data'. */
export type UsesOf<A> = A extends Expr<infer _l, infer _s, infer u> ? u : never

/** The widest of several levels. */
export type Widest<L extends Level> = 'pair' extends L ? 'pair' : 'sample' extends L ? 'sample' : 'batch'
/** The shape of the result of a binary elementwise operation. A scalar combines with any shape. */
export type WiderShape<A extends Shape, B extends Shape> = [A, B] extends [B, A] ? A : Wider<A, B>
type Wider<A extends Shape, B extends Shape> = A extends readonly []
  ? B
  : A extends readonly [1]
    ? B extends readonly []
      ? A
      : B
    : A

/** What combines with shape A whatever its sizes: the same shape, one number, and with one number every shape. */
type Surely<A extends Shape> = A | [] | readonly [1] | (IsScalar<A> extends true ? unknown : never)
type Combines<A extends Shape, B extends Shape, Then> = [B] extends [Surely<A>]
  ? Then
  : IsScalar<B> extends true
    ? Then
    : Agree<A, B> extends true
      ? Then
      : `the shapes differ: ${Show<A>} and ${Show<B>}`
/** B if its shape combines with that of A, otherwise the message. */
export type Fits<A, B> = Combines<ShapeOf<A>, ShapeOf<B>, B>

const isTermLike = (a: unknown): a is Expr =>
  typeof a === 'object' && a !== null && 'term' in a && typeof a.term === 'object' && a.term !== null && 'op' in a.term

const operandHint = (a: unknown): string => {
  if (a === undefined) return 'The argument is missing or undefined: add it, or check its name.'
  if (typeof a === 'function')
    return 'named' in a ? `Apply the network: ${String(a.named)}(x).` : 'Call this function, and pass its result.'
  if (typeof a === 'string' && Number.isFinite(Number(a || NaN))) return `Write ${a}, without quotes.`
  if (typeof a !== 'object') return 'Expressions have no operators: write add(a, b), sub(1, D(x)), mul(2, a) or neg(a).'
  if (a !== null && 'named' in a) return `Draw from the source: sample(${String(a.named)}).`
  return a !== null && 'nodes' in a
    ? "Name the network, const D = network('D', pipe(...)), and apply it: D(x)."
    : 'Expressions are numbers, sample(...), applied networks such as D(x), and functions of them.'
}

/**
 * The term of an operand. Throws an `ArgumentError` for anything but an expression or a number. `called` is the function that received
 * it, `place` its argument or option, or empty. TypeScript can't rule out that parameters with conditional types hold a message.
 */
export const toTerm = (a: Operand | string, called: string, place = ''): Term => termOf(a, called, place)

const termOf = (a: unknown, called: string, place: string): Term => {
  if (typeof a === 'number' && !Number.isNaN(a)) return { op: 'number', value: a }
  return isTermLike(a) ? a.term : refuse(called, place, a, 'an expression or a number', operandHint(a))
}

/** Throws an `ArgumentError` unless all of these, by argument or option, are expressions or numbers. */
export const checkOperands = (called: string, operands: { readonly [place: string]: unknown }): void => {
  for (const [place, value] of Object.entries(operands)) termOf(value, called, place)
}

/** A number as an `Expr`. */
export const scalar = (value: number): Expr<'batch', [], never> => ({ term: toTerm(value, 'scalar') })
