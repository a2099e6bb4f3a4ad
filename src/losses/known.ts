import type { Expr } from '../dsl/expression.ts'
import type { Loss } from '../dsl/symbols.ts'
import type { LossTheory } from '../theory/lossTheory.ts'
import { hingeTheory } from './hinge.ts'
import { leastSquaresTheory } from './leastSquares.ts'
import { minimaxTheory } from './minimax.ts'
import { nonSaturatingTheory } from './nonSaturating.ts'
import { losses } from './table.ts'
import { wassersteinTheory } from './wasserstein.ts'

/** A loss as theory knows it: an objective of its form, whatever its parameters, is recognised wherever it was written. */
export interface KnownLoss {
  /** Its form, with a variable in place of each parameter. */
  readonly form: Loss
  readonly parameters: readonly string[]
  readonly theory: (parameter: (name: string) => number) => LossTheory
}

const hole = (name: string): Expr<'batch', [], never> => ({ term: { op: 'variable', name } })
const plain = (form: Loss, theory: LossTheory): KnownLoss => ({ form, parameters: [], theory: () => theory })

/** A row for each loss there is. */
export const knownLosses: { readonly [K in keyof typeof losses]: KnownLoss } = {
  minimax: plain(losses.minimax, minimaxTheory),
  nonSaturating: plain(losses.nonSaturating, nonSaturatingTheory),
  leastSquares: {
    form: losses.leastSquares({ a: hole('a'), b: hole('b'), c: hole('c') }),
    parameters: ['a', 'b', 'c'],
    theory: (parameter) => leastSquaresTheory({ a: parameter('a'), b: parameter('b'), c: parameter('c') }),
  },
  hinge: plain(losses.hinge, hingeTheory),
  wasserstein: plain(losses.wasserstein, wassersteinTheory),
}
