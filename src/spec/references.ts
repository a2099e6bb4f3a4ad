import * as E from '#fp-ts/Either'
import { natural } from '../codecs/numbers.ts'
import { specErrors } from '../codecs/specErrors.ts'
import { Decoded, isTermLike, mapTerms } from '../dsl/terms/mapTerms.ts'
import { wrongTerm } from '../dsl/terms/onceEach.ts'
import { termCodec } from '../dsl/terms/termCodec.ts'
import { describeValue } from '../errors/describeValue.ts'
import { type Problem, type SpecError, specError } from '../errors/specError.ts'

/** A value whose references are replaced by terms, and the errors of its references. */
export interface Resolved {
  readonly value: unknown
  readonly errors: readonly SpecError[]
}

const isReference = (term: object): boolean => Reflect.get(term, 'op') === 'shared'

const indexOf = (term: object): unknown => (Object.hasOwn(term, 'index') ? Reflect.get(term, 'index') : undefined)

/** The error of a reference that may refer to the first `known` terms of the table. */
const referenceProblem = (term: object, known: number): Problem => {
  const surplus = Object.keys(term).find((name) => name !== 'op' && name !== 'index')
  if (surplus !== undefined)
    return { expected: 'op and index alone', found: `the field ${surplus}`, hint: `Take ${surplus} out.` }
  const last = known - 1
  return {
    expected: known === 0 ? 'an expression' : `the index of a shared expression: 0${last > 0 ? ` to ${last}` : ''}`,
    found: `the index ${describeValue(indexOf(term))}`,
    hint:
      known === 0
        ? 'Write the expression in full: the list `shared` has no entry before this place.'
        : 'An expression may refer only to earlier entries of the list `shared`.',
  }
}

/** Replaces the references in a value by terms of the table. `path` is the place of the value. */
export const resolve = (value: unknown, table: readonly unknown[], path: readonly string[] = []): Resolved => {
  const errors: SpecError[] = []
  const put = (term: object, at: readonly string[]): unknown => {
    if (!isReference(term)) return mapTerms(term, put, at)
    const index = indexOf(term)
    if (natural.is(index) && index < table.length && Object.keys(term).length === 2) return table[index]
    errors.push(specError(at, referenceProblem(term, table.length)))
    return new Decoded(wrongTerm)
  }
  return { value: isTermLike(value) ? put(value, path) : mapTerms(value, put, path), errors }
}

/** Removes a spec's table of shared terms, and puts the terms in place of their references. */
export const withoutTable = (spec: object): Resolved => {
  const { shared = [], ...rest } = { ...spec, shared: Reflect.get(spec, 'shared') }
  if (!Array.isArray(shared)) {
    const problem = { expected: 'a list of expressions', found: describeValue(shared), hint: 'Write a list.' }
    return { value: rest, errors: [specError(['shared'], problem)] }
  }
  const table: Decoded[] = []
  const errors: SpecError[] = []
  for (const [i, entry] of shared.entries()) {
    const path = ['shared', `${i}`]
    const resolved = resolve(entry, table, path)
    const term = termCodec.decode(resolved.value)
    const wrong = E.isLeft(term) ? specErrors(term.left).map(below(path)) : []
    for (const error of [...resolved.errors, ...wrong]) errors.push(error)
    table.push(new Decoded(E.isRight(term) ? term.right : wrongTerm))
  }
  const resolved = resolve(rest, table)
  return { value: resolved.value, errors: [...errors, ...resolved.errors] }
}

const below =
  (path: readonly string[]) =>
  ({ path: within, ...problem }: SpecError): SpecError => ({ ...problem, path: [...path, ...within] })
