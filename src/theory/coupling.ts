import { type Addend, addends } from '../algebra/addends.ts'
import { drawsOf } from '../dsl/terms/drawNames.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import { termsDownTo } from '../dsl/terms/termsDownTo.ts'
import type { Critic } from './critic.ts'

/** Terms inside which samples are different draws, or no samples. */
const isOpaque = ({ op }: Term): boolean => op === 'E' || op === 'pair' || op === 'grad' || op === 'slot'

/** The bodies of an addend's expectations. */
const bodiesOf = ({ term, expected }: Addend): readonly Term[] => {
  if (term === undefined) return []
  return [...(expected ? [term] : []), ...subterms(term).flatMap((part) => (part.op === 'E' ? [part.of] : []))]
}

/** Whether an objective compares D's scores of a real and a generated sample that share a draw. */
export const isCoupled = ({ is, lawOf }: Critic, objective: Term): boolean =>
  addends(objective, 1)
    .flatMap(bodiesOf)
    .some((body) => {
      const scores = termsDownTo(body, isOpaque).filter(is)
      const of = (kind: 'real' | 'fake') => scores.filter((term) => lawOf(term)?.kind === kind).map(drawsOf)
      const [real, fake] = [of('real'), of('fake')]
      return real.some((one) => fake.some((other) => [...one].some((draw) => other.has(draw))))
    })
