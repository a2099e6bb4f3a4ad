import { checkLoss } from '../dsl/objectives/checkLoss.ts'
import { type Coefficient, checkCoefficients } from '../dsl/objectives/coefficient.ts'
import { changed } from '../dsl/objectives/piece.ts'
import type { Loss } from '../dsl/objectives/symbols.ts'
import { div, greater, mul } from '../dsl/terms/elementwise.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { rewrite } from '../dsl/terms/rewrite.ts'
import { E, pair } from '../dsl/terms/statistics.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'

const isApplied = (term: Term, network: string): boolean => term.op === 'apply' && term.network === network

/** D's score of a generated sample in a term, if it has one. */
const scoreIn = (term: Term): Term | undefined =>
  subterms(term).find((part) => isApplied(part, 'D') && subterms(part).some((inner) => isApplied(inner, 'G')))

/** Whether a term depends on single samples only, not on pairs or means. */
const isOfSamples = (term: Term): boolean => subterms(term).every(({ op }) => op !== 'pair' && op !== 'E')

/** The mean over the samples that D scores highest: `fraction` of the batch, rounded up, and ties with the last of them. */
const overBest = (of: Term, score: Term, fraction: Coefficient): Term => {
  const value = { term: score } as const
  const better = E(greater(pair<'sample', [], never>(value), value))
  const chosen = greater(ranged('fraction', fraction), better)
  return div(E(mul(chosen, { term: of })), E(chosen)).term
}

/**
 * Trains the generator only on its best samples, those with the highest D(G(z)). The paper lowers the fraction of the batch over
 * the run, as `schedules.linear({ from: 1, to: 0.5 })` does. Sinha et al. 2020, algorithm 1.
 *
 * @example gan({ ...parts, loss: topK({ fraction: 0.5 })(losses.nonSaturating) })
 */
export const topK = (options: { readonly fraction: Coefficient }) => {
  checkCoefficients<typeof options>('topK', options, { fraction: 'required' })
  const { fraction } = options
  return (loss: Loss): Loss => {
    checkLoss('topK', '', loss)
    const { generator } = loss
    const objective = rewrite(generator.objective, (term) => {
      const score = term.op === 'E' ? scoreIn(term.of) : undefined
      return term.op === 'E' && score !== undefined && isOfSamples(term.of) ? overBest(term.of, score, fraction) : term
    })
    return changed(
      loss,
      { name: 'topK', parameters: { fraction } },
      { ...loss, generator: { ...generator, objective } },
    )
  }
}
