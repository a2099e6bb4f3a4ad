import * as t from '#io-ts'
import { isObject } from '../codecs/failures.ts'
import { resolve } from './references.ts'
import { share } from './sharedTerms.ts'

const fields = ['shared', 'of']

const isShared = (u: unknown): u is { readonly shared: readonly unknown[]; readonly of: unknown } =>
  isObject(u) &&
  Object.keys(u).length === fields.length &&
  fields.every((name) => Object.hasOwn(u, name)) &&
  Array.isArray(Reflect.get(u, 'shared'))

const withShared = ({ shared, of }: { readonly shared: readonly unknown[]; readonly of: unknown }) => {
  const table: unknown[] = []
  const all = [...shared, of].map((value) => {
    const resolved = resolve(value, table)
    table.push(resolved.value)
    return resolved
  })
  return { value: table.at(-1), errors: all.flatMap(({ errors }) => errors) }
}

/**
 * A part of a spec, stored by itself. In memory its expressions are in place, and equal ones are one object. In JSON it is
 * `{ shared: [...], of: ... }` if expressions repeat, so that each is written once.
 */
export const sharedValue: t.Type<unknown, unknown> = new t.Type(
  'a value, or { shared, of }',
  (_): _ is unknown => true,
  (u, context) => {
    if (!isShared(u)) return t.success(u)
    const { value, errors } = withShared(u)
    return errors.length === 0 ? t.success(value) : t.failure(u, context, 'Restore the original file.')
  },
  (value) => {
    const { value: of, table } = share(value)
    return table.length === 0 ? of : { shared: table, of }
  },
)
