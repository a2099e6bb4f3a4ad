import type { Either } from '#fp-ts/Either'
import type * as t from '#io-ts'
import type { Problem } from '../../errors/specError.ts'
import type { Arithmetic } from '../../ir/arithmetic.ts'
import type { Bounds } from '../types/bounds.ts'
import type { LowerContext } from './lowerContext.ts'
import type { Pen, Written } from './notation.ts'
import type { Term } from './term.ts'
import type { Binding, TypeContext } from './typeContext.ts'
import type { Value } from './value.ts'
import type { ValueType } from './valueType.ts'

/** Fields that hold terms: one, a list of them, or one for each name. */
export const part = { contains: 'a term' } as const
export const partList = { contains: 'a list of terms' } as const
export const partsByName = { contains: 'terms by name' } as const

export type PartField = typeof part | typeof partList | typeof partsByName

/** A field that is always there: terms, or a value with its codec. */
export type Field = PartField | t.Mixed

/** What a field of that type is declared as. */
type FieldOf<V> = [V] extends [Term]
  ? typeof part
  : [V] extends [readonly Term[]]
    ? typeof partList
    : [V] extends [{ readonly [name: string]: Term }]
      ? typeof partsByName
      : t.Type<V, unknown>

/** Every field of a kind of term but its op. */
type FieldsOf<T> = {
  readonly [F in keyof T as F extends 'op' ? never : F]-?: Record<never, never> extends Pick<T, F>
    ? { readonly optional: FieldOf<Exclude<T[F], undefined>> }
    : FieldOf<T[F]>
}

/** One value for each part of a kind of term, in the fields of the parts. */
export type PartsOf<T, V> = {
  readonly [F in keyof T as FieldOf<T[F]> extends PartField ? F : never]: [T[F]] extends [Term]
    ? V
    : [T[F]] extends [readonly Term[]]
      ? readonly V[]
      : { readonly [name: string]: V }
}

/** What is wrong with a term, or with one of its parts. */
export interface Misfit extends Problem {
  /** The field of the part that is at fault; absent where it is the term itself. */
  readonly part?: string
}

/** A term's type, or all that is wrong with it; nothing where what is wrong was said elsewhere. */
export type Typed = Either<readonly Misfit[], ValueType>

/**
 * All that is known of one kind of term. The functions are methods, so that a definition of one kind may stand where one of
 * any is asked for: `definitionOf` hands out the definition of a term's own kind, and no other term is given to it.
 */
export interface TermDefinition<T> {
  /** How it is stored. Its parts are the fields that hold terms. */
  readonly fields: FieldsOf<T> & { readonly [field: string]: Field | { readonly optional: Field } }
  /** What else has to be so for a stored term to be right. */
  refine?(codec: t.Mixed): t.Mixed
  /** The names that the term itself gives, each of which has to be one. Names that it refers to are looked up. */
  names?(term: T): readonly (string | undefined)[]
  /** The name of what it stands for, where that is bound outside it. */
  reads?(term: T): string
  /** The name that it binds within its parts. */
  binds?(term: T): string
  /** What its parts are bound to: they are checked once within each binding. Absent where it binds nothing. */
  bindings?(term: T, context: TypeContext): Either<readonly Misfit[], readonly Binding[]>
  /** Its type, by those of its parts. */
  type(term: T, parts: PartsOf<T, ValueType>, context: TypeContext): Typed
  /** Writes its operations into a program. */
  lower(term: T, context: LowerContext): Value
  /** How it is written. */
  formula(term: T, pen: Pen): Written
  /** Its value element by element, in any arithmetic; absent where it is not a function of single numbers. */
  pointwise?<N>(term: T, arithmetic: Arithmetic<N>, parts: PartsOf<T, N>): N
  /** Between which numbers it lies, where it is not pointwise; absent or undefined where it can be any. */
  bounds?(term: T, parts: PartsOf<T, Bounds>): Bounds | undefined
}
