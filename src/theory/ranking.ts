import { rewrite } from '../dsl/terms/rewrite.ts'
import type { Term } from '../dsl/terms/term.ts'
import { identifier, subterms } from '../dsl/terms/termParts.ts'

/**
 * Replaces a mean over the samples that D scores highest, as `topK` makes it, by the mean over all samples. `topK` writes it as the mean
 * of the selected samples divided by their share, where a comparison with other samples selects.
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
