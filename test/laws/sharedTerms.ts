import fc from 'fast-check'
import type { Term } from '../../src/dsl/terms/term.ts'

/** How a term is made of two that were made before it. */
const joins = [
  (left: Term, right: Term): Term => ({ op: 'add', left, right }),
  (left: Term, right: Term): Term => ({ op: 'mul', left, right }),
  (left: Term, right: Term): Term => ({ op: 'maximum', left, right }),
  (left: Term, right: Term): Term => ({ op: 'select', condition: left, chosen: right, otherwise: left }),
  (of: Term): Term => ({ op: 'tanh', of }),
  (of: Term): Term => ({ op: 'log', of }),
] as const

const leaves: readonly Term[] = [
  { op: 'sample', source: 'data', field: 'x' },
  { op: 'number', value: 2 },
  { op: 'apply', network: 'D', inputs: { x: { op: 'sample', source: 'data', field: 'x' } } },
]

/** One term after the other, each of two before it: with `most` terms it may be written out at 2^most places. */
export const sharedTerms = (most: number): fc.Arbitrary<Term> =>
  fc
    .array(fc.tuple(fc.constantFrom(...joins), fc.nat(2), fc.nat(2)), { minLength: 1, maxLength: most })
    .map((steps) => {
      const terms = [...leaves]
      for (const [join, back, further] of steps) {
        const [left, right] = [terms.at(-1 - back), terms.at(-1 - further)]
        if (left !== undefined && right !== undefined) terms.push(join(left, right))
      }
      return terms.at(-1) ?? { op: 'step' }
    })

/** The same term in which nothing is used twice. */
export const unshared = (term: Term): Term => JSON.parse(JSON.stringify(term))
