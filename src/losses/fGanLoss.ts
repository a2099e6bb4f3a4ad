import type { Parameters } from '../dsl/objectives/piece.ts'
import { maximise, minimise } from '../dsl/objectives/player.ts'
import { D, G, x, z } from '../dsl/objectives/symbols.ts'
import { neg, sub } from '../dsl/terms/elementwise.ts'
import type { Expr, Level } from '../dsl/terms/expression.ts'
import { E } from '../dsl/terms/statistics.ts'
import type { Shape } from '../ir/program.ts'
import { loss, type NamedLoss } from './loss.ts'
import { type LossTheory, logOdds, posterior } from './lossTheory.ts'

/** A function of D's score v. */
export type OfScore = (v: Expr) => Expr

/** The same function on scores of any shape. */
const of =
  (f: OfScore) =>
  <L extends Level, S extends Shape, U extends string>(v: Expr<L, S, U>): Expr<L, S, U> => ({ term: f(v).term })

/** The parts of an f-GAN: the payoffs for a score v, with r = e^v, are T = f'(r) on data, and f*(T) = r f'(r) - f(r) on samples. */
export interface FGan {
  readonly name: string
  readonly parameters?: Parameters
  readonly onData: OfScore
  readonly onSamples: OfScore
  /** f(1), the value at equal distributions, as text and as a number. */
  readonly equilibrium: { readonly text: string; readonly value: number }
  readonly value: LossTheory['value']
}

/**
 * Makes the loss of an f-GAN: Nowozin et al. 2016, equation 4 and section 2.4. Except for the divergence's name, its theory holds for
 * every f-GAN (Nguyen et al. 2010, lemma 1; Nowozin et al. 2016, equation 5).
 */
export const fGanLoss = ({ onData, onSamples, equilibrium, value, ...piece }: FGan): NamedLoss => {
  const V = sub(E(of(onData)(D(x))), E(of(onSamples)(D(G(z)))))
  return loss({
    ...piece,
    discriminator: maximise(V, 'D'),
    generator: minimise(V, 'G'),
    theory: () => ({
      optimum: { type: 'closed', output: logOdds, probability: posterior },
      equilibrium,
      value,
      generator: { pull: neg(of(onSamples)(logOdds)), follows: 'V(D*, G) itself, for D* is a maximum' },
    }),
  })
}
