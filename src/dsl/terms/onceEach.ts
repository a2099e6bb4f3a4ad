import * as E from '#fp-ts/Either'
import * as t from '#io-ts'
import { Decoded, isTermLike, mapTerms, termsWithin } from './mapTerms.ts'
import { postOrder } from './postOrder.ts'
import type { Term } from './term.ts'
import { mapParts, partsOf, subterms } from './termParts.ts'

/** Replaces a wrong term whose mistake has been reported. */
export const wrongTerm: Term = { op: 'index' }

/** A codec that accepts decoded terms unchanged. */
export const passing = (codec: t.Type<Term, unknown>): t.Type<Term, unknown> =>
  new t.Type(
    codec.name,
    codec.is,
    (u, context) => (u instanceof Decoded ? t.success(u.term) : codec.validate(u, context)),
    codec.encode,
  )

/**
 * A codec of terms that decodes and encodes each object once, subterms first, however often it occurs. A shared object stays one object,
 * and its mistakes are reported once, at its first place. `codec` is that of a term whose subterms may be decoded already.
 */
export const onceEach = (codec: t.Type<Term, unknown>): t.Type<Term, unknown> =>
  new t.Type(codec.name, codec.is, validateOnce(codec), encodeOnce(codec))

const validateOnce =
  (codec: t.Type<Term, unknown>): t.Validate<unknown, Term> =>
  (u, context) => {
    const places = new Map<unknown, Place>()
    const order = postOrder(u, (value) =>
      termsWithin(value).map(({ part, path }) => {
        if (!places.has(part)) places.set(part, { within: value, path })
        return part
      }),
    )
    const decoded = new Map<unknown, Decoded>()
    const errors: t.ValidationError[] = []
    const validate = (value: unknown, at: t.Context) =>
      codec.validate(
        mapTerms(value, (part) => decoded.get(part)),
        at,
      )
    for (const term of order.filter((each) => each !== u && isTermLike(each))) {
      // The place is computed only for a wrong term.
      const found = validate(term, context)
      const result = E.isRight(found) ? found : validate(term, contextOf(term, places, context, codec))
      decoded.set(term, new Decoded(E.isRight(result) ? result.right : wrongTerm))
      if (E.isLeft(result)) for (const error of result.left) errors.push(error)
    }
    const result = validate(u, context)
    if (E.isLeft(result)) for (const error of result.left) errors.push(error)
    return errors.length > 0 ? t.failures(errors) : result
  }

/** The first place of a term in another term, or in the whole value. */
interface Place {
  readonly within: unknown
  readonly path: readonly string[]
}

const contextOf = (
  term: unknown,
  places: ReadonlyMap<unknown, Place>,
  context: t.Context,
  codec: t.Mixed,
): t.Context => {
  const keys: string[] = []
  for (let at = places.get(term); at !== undefined; at = places.get(at.within)) keys.unshift(...at.path)
  return [...context, ...keys.map((key) => ({ key, type: codec, actual: term }))]
}

const encodeOnce =
  (codec: t.Type<Term, unknown>) =>
  (root: Term): unknown => {
    const done = new Map<Term | undefined, unknown>()
    for (const term of subterms(root)) {
      const parts = partsOf(term)
      const own = codec.encode(mapParts(term, () => wrongTerm))
      done.set(
        term,
        mapTerms(own, (_, path) => done.get(parts[path.join('.')])),
      )
    }
    return done.get(root)
  }
