import { recordOf } from '../../ir/recordOf.ts'
import type { PartField, PartsOf } from './definition.ts'
import { type Term, termOps, termTable } from './term.ts'

/** The fields of each kind of term that hold terms. */
const partFields = recordOf(termOps, (op) =>
  Object.entries(termTable[op].fields).flatMap(([name, field]): readonly (readonly [string, PartField])[] =>
    'contains' in field ? [[name, field]] : [],
  ),
)

/** Maps each subterm of a term, in the fields of the term's definition. */
export const placeParts = <V>(term: Term, f: (part: Term, path: readonly string[]) => V): PartsOf<Term, V> => {
  const placed: { [field: string]: unknown } = {}
  for (const [name, { contains: holds }] of partFields[term.op]) {
    const value = Reflect.get(term, name)
    if (holds === 'a term') placed[name] = f(value, [name])
    else if (holds === 'a list of terms') placed[name] = value.map((each: Term, i: number) => f(each, [name, `${i}`]))
    else
      placed[name] = Object.fromEntries(
        Object.entries<Term>(value).map(([key, each]) => [key, f(each, [name, ...key.split('.')])]),
      )
  }
  return placed
}
