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

/** A required field: terms, or a value with its codec. */
export type Field = PartField | t.Mixed

/** The declaration of a field with this type. */
type FieldOf<V> = [V] extends [Term]
  ? typeof part
  : [V] extends [readonly Term[]]
    ? typeof partList
    : [V] extends [{ readonly [name: string]: Term }]
      ? typeof partsByName
      : t.Type<V, unknown>

/** All fields of a kind of term except its op. */
type FieldsOf<T> = {
  readonly [F in keyof T as F extends 'op' ? never : F]-?: Record<never, never> extends Pick<T, F>
    ? { readonly optional: FieldOf<Exclude<T[F], undefined>> }
    : FieldOf<T[F]>
}

/** One value for each subterm of a kind of term, in the fields of the subterms. */
export type PartsOf<T, V> = {
  readonly [F in keyof T as FieldOf<T[F]> extends PartField ? F : never]: [T[F]] extends [Term]
    ? V
    : [T[F]] extends [readonly Term[]]
      ? readonly V[]
      : { readonly [name: string]: V }
}

/** The problem of a term, or of one of its subterms. */
export interface Misfit extends Problem {
  /** The field of the wrong subterm; absent if the term itself is wrong. */
  readonly part?: string
}

/** A term's type, or its problems. An empty list means that the problem is reported elsewhere. */
export type Typed = Either<readonly Misfit[], ValueType>

/**
 * The definition of one kind of term. Its functions are methods, so that TypeScript accepts it as a definition of any kind.
 * `definitionOf` returns the definition of a term's own kind, and only that term is passed to it.
 */
export interface TermDefinition<T> {
  /** The stored fields. Fields that hold terms are its subterms. */
  readonly fields: FieldsOf<T> & { readonly [field: string]: Field | { readonly optional: Field } }
  /** Further checks of a stored term. */
  refine?(codec: t.Mixed): t.Mixed
  /** The names that the term declares. Each must be a valid name. */
  names?(term: T): readonly (string | undefined)[]
  /** The name that it refers to, if that is bound outside of it. */
  reads?(term: T): string
  /** The name that it binds inside its subterms. */
  binds?(term: T): string
  /** The bindings for its subterms, which are checked once with each binding. Absent if it binds nothing. */
  bindings?(term: T, context: TypeContext): Either<readonly Misfit[], readonly Binding[]>
  /** Its type, from those of its subterms. */
  type(term: T, parts: PartsOf<T, ValueType>, context: TypeContext): Typed
  /** Lowers it to nodes of a program. */
  lower(term: T, context: LowerContext): Value
  /** Its formula. */
  formula(term: T, pen: Pen): Written
  /** Its elementwise value in any arithmetic; absent if it is not elementwise. */
  pointwise?<N>(term: T, arithmetic: Arithmetic<N>, parts: PartsOf<T, N>): N
  /** Its bounds, if it is not elementwise; absent or undefined if unbounded. */
  bounds?(term: T, parts: PartsOf<T, Bounds>): Bounds | undefined
}
