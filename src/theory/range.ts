import { replace } from '../algebra/pointwise.ts'
import type { NetworkGraph } from '../dsl/layers/networkGraph.ts'
import type { Layer } from '../dsl/layers/table.ts'
import { relu, sigmoid, softplus, tanh } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import { t } from '../dsl/terms/variables.ts'

/** The possible values of a network's output: those of `link`, a nondecreasing function of t, over all numbers. */
export interface Range {
  readonly text: string
  readonly link: Term
}

const range = (text: string, link: Expr): Range => ({ text, link: link.term })
export const anyNumber = range('(−∞, ∞)', t)
const known: { readonly [T in Layer['type']]?: Range } = {
  sigmoid: range('(0, 1)', sigmoid(t)),
  tanh: range('(−1, 1)', tanh(t)),
  softplus: range('(0, ∞)', softplus(t)),
  relu: range('[0, ∞)', relu(t)),
}

/** The range of an output, by its last layer. */
export const rangeOf = ({ nodes, output }: NetworkGraph, name: string | undefined): Range => {
  const index = typeof output === 'number' ? output : output[name ?? '']
  const layer = index === undefined ? undefined : nodes[index]?.layer
  return (layer === undefined ? undefined : known[layer.type]) ?? anyNumber
}

/** What D's output means: a probability, a logit, or any other score. */
export type Reading = 'probability' | 'logit' | 'score'

export const readingOf = (range: Range, terms: readonly Term[]): Reading => {
  if (range === known.sigmoid) return 'probability'
  const rest = terms.map((term) => replace(term, (part) => (squashes(part) ? { op: 'number', value: 0 } : undefined)))
  const [all, bare] = [terms, rest].map((each) => each.some((term) => subterms(term).some(isT)))
  return all === true && bare === false ? 'logit' : 'score'
}

const isT = (term: Term): boolean => term.op === 'variable' && term.name === 't'

/** sigmoid(t), softplus(t) and softplus(-t): t as a logit. */
const squashes = (term: Term): boolean => {
  if (term.op !== 'sigmoid' && term.op !== 'softplus') return false
  return isT(term.of) || (term.of.op === 'neg' && isT(term.of.of))
}
