import * as E from '#fp-ts/Either'
import type { Term } from '../dsl/term.ts'
import { identifier, partsOf, subterms, type TermId } from '../dsl/termParts.ts'

/** An output of a network, which is judged at real and at generated samples. */
export interface Critic {
  readonly network: string
  readonly output: string | undefined
  /** Whether a term is this output, of whatever it is applied to. */
  readonly is: (term: Term) => boolean
  /** What it is applied to: equal for structurally equal inputs. */
  readonly pointOf: (term: Term) => TermId
  readonly real: TermId | undefined
  readonly fake: TermId
}

/**
 * The critic that an objective shows; an error where it is not judged at one or two distributions. Samples are what one of
 * the makers makes: any network where none are named, but of a trunk's features only those of a generator's samples.
 */
export const criticOf = (
  objective: Term,
  network: string,
  output: string | undefined,
  makers?: readonly string[],
): E.Either<string, Critic> => {
  const identify = identifier()
  const is = (term: Term): boolean => term.op === 'apply' && term.network === network && term.output === output
  const pointOf = (term: Term): TermId =>
    identify(term.op === 'apply' ? { op: 'apply', network, inputs: term.inputs } : term)
  const applied = judging(objective).filter(is)
  const points = [...new Set(applied.map(pointOf))]
  const made = new Set(applied.filter((term) => isMade(term, makers)).map(pointOf))
  const [fake, ...more] = points.filter((point) => made.has(point))
  const [real, ...others] = points.filter((point) => !made.has(point))
  const wrong = (found: string) => E.left(`${network} is judged at ${found}, not at data and samples of one generator`)
  if (others.length > 0) return wrong(`${others.length + 1} distributions of data`)
  const critic = { network, output, is, pointOf }
  // An encoder's pairs: both sides are made by a network, and the one that is written first counts as real.
  if (real === undefined && fake !== undefined && more[0] !== undefined && more.length === 1)
    return E.right({ ...critic, real: fake, fake: more[0] })
  if (fake === undefined) return wrong('no generated samples')
  return more.length > 0 ? wrong(`${more.length + 1} generated distributions`) : E.right({ ...critic, real, fake })
}

/** Whether what a network is applied to is made by a maker. */
const isMade = (term: Term, makers: readonly string[] | undefined): boolean =>
  term.op === 'apply' &&
  Object.values(term.inputs)
    .flatMap(subterms)
    .some((part) => part.op === 'apply' && (makers === undefined || makers.includes(part.network)))

/** Every part of a term that stands neither within a gradient nor in what memory becomes, in the order of the term. */
const judging = (root: Term): readonly Term[] => {
  const found = new Set<Term>()
  const visit = (term: Term): void => {
    if (found.has(term)) return
    found.add(term)
    if (term.op !== 'grad' && term.op !== 'slot') for (const part of Object.values(partsOf(term))) visit(part)
  }
  visit(root)
  return [...found]
}
