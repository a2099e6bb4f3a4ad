import { exchangeIn } from '../dsl/terms/exchange.ts'
import { rewrite } from '../dsl/terms/rewrite.ts'
import type { Term } from '../dsl/terms/term.ts'

/**
 * Removes the random flips that swap real and generated samples: replaces each expectation over a flip by the weighted sum of both
 * cases.
 */
export const withoutCoins = (objective: Term, isMade: (term: Term) => boolean): Term => {
  const expected = (of: Term): Term => {
    const exchange = exchangeIn(of, isMade)
    if (exchange === undefined) return { op: 'E', of }
    const { probability, chosen, otherwise } = exchange
    const rest: Term = { op: 'sub', left: { op: 'number', value: 1 }, right: probability }
    return {
      op: 'add',
      left: { op: 'mul', left: probability, right: expected(chosen) },
      right: { op: 'mul', left: rest, right: expected(otherwise) },
    }
  }
  return rewrite(objective, (term) => (term.op === 'E' ? expected(term.of) : term))
}
