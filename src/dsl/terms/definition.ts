import type * as t from '#io-ts'
import type { Term } from './term.ts'

/** Fields that hold terms: one, a list of them, or one for each name. */
export const part = { holds: 'a term' } as const
export const partList = { holds: 'a list of terms' } as const
export const partsByName = { holds: 'terms by name' } as const

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

/**
 * All that is known of one kind of term. The functions are methods, so that a definition of one kind may stand where one of
 * any is asked for: `definitionOf` hands out the definition of a term's own kind, and no other term is given to it.
 */
export interface TermDefinition<T> {
  /** How it is stored. Its parts are the fields that hold terms. */
  readonly fields: FieldsOf<T> & { readonly [field: string]: Field | { readonly optional: Field } }
  /** What else has to be so for a stored term to be right. */
  refine?(codec: t.Mixed): t.Mixed
}
