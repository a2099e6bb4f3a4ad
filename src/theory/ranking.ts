import { rewrite } from '../dsl/terms/rewrite.ts'
import type { Term } from '../dsl/terms/term.ts'
import { identifier, subterms } from '../dsl/terms/termParts.ts'

/**
 * The objective with a mean over all samples in the place of one over those that D ranks highest, as `topK` has: the mean of
 * chosen samples over the share of them, where who is chosen is decided by comparison with others.
 */
export const withoutRanking = (objective: Term): { readonly objective: Term; readonly ranked: boolean } => {
  const all = rewrite(objective, (term) => overAll(term) ?? term)
  return { objective: all, ranked: subterms(objective).some((term) => overAll(term) !== undefined) }
}

const overAll = (term: Term): Term | undefined => {
  if (term.op !== 'div' || term.left.op !== 'E' || term.right.op !== 'E') return undefined
  const [sum, chosen] = [term.left.of, term.right.of]
  const identify = identifier()
  const isRanking = subterms(chosen).some(({ op }) => op === 'pair')
  return sum.op === 'mul' && isRanking && identify(sum.left) === identify(chosen)
    ? { op: 'E', of: sum.right }
    : undefined
}
