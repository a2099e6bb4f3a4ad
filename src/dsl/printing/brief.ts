import { cut } from '../../errors/quoted.ts'
import type { Term } from '../terms/term.ts'
import { mapParts } from '../terms/termParts.ts'
import { text } from './text.ts'

/** How many levels of a term a message shows. Deeper levels become an ellipsis. */
const deepest = 6
const longest = 120

const shallow = (root: Term): Term => {
  const done = Array.from({ length: deepest + 1 }, () => new Map<Term, Term>())
  const cut = (term: Term, levels: number): Term => {
    const known = done[levels]?.get(term)
    if (known !== undefined) return known
    const made: Term = levels === 0 ? { op: 'variable', name: '…' } : mapParts(term, (part) => cut(part, levels - 1))
    done[levels]?.set(term, made)
    return made
  }
  return cut(root, deepest)
}

/** A term in one short line, for messages: `D(G(z))`. The cost does not depend on the size of the term. */
export const briefText = (term: Term): string => cut(text(shallow(term)), longest)
