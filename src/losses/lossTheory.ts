import { add, div, log } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'

/** A closed form of two variables: p, the density of the data at a point, and q, that of the generator's samples. */
export type Closed = Expr<'batch', [], 'variable p' | 'variable q'>

/** The density of the data at a point. */
export const p: Expr<'batch', [], 'variable p'> = { term: { op: 'variable', name: 'p' } }
/** The density of the generator's samples there. */
export const q: Expr<'batch', [], 'variable q'> = { term: { op: 'variable', name: 'q' } }

/** p / (p + q): the probability that a sample seen there is real, where both come equally often. */
export const posterior: Closed = div(p, add(p, q))
/** Its logit, log(p / q). */
export const logOdds: Closed = log(div(p, q))

/** A number for two distributions over the same finitely many points. */
export type OfDistributions = (data: readonly number[], generated: readonly number[]) => number

/**
 * What the literature says of a loss. It is declared beside the loss and checked against what is computed from the
 * objectives themselves. Values are those of what D maximises: of minus its cost where it is written as a cost.
 *
 * In every text `p_data` and `p_g` name the two distributions that D is given; `withNames` puts in others, where D is given
 * mixtures or packs of them.
 */
export interface LossTheory {
  /** D's best reply at a point: what its last layer gives, and its sigmoid where that is a probability. */
  readonly optimum:
    | { readonly type: 'closed'; readonly output: Closed; readonly probability?: Closed }
    /** Decided over all points at once: `factor` times the output, plus any constant. */
    | { readonly type: 'relative'; readonly output: Closed; readonly factor?: { text: string; of: OfDistributions } }
    | { readonly type: 'constrained'; readonly constraint: string }
    /** No formula, and why. */
    | { readonly type: 'open'; readonly reason: string }
  /** The value of D's best reply where p_g = p_data; without a number where it is none. */
  readonly equilibrium: { readonly text: string; readonly value?: number }
  /** The value of D's best reply, as the divergence that it measures. */
  readonly value: { readonly text: string; readonly divergence: string; readonly of?: OfDistributions }
  /**
   * The generator's side with D* held fixed. `pull` is what it pays for a sample at a point: the derivative of its cost by
   * q there. `follows` is what that is the gradient of.
   */
  readonly generator: { readonly pull?: Closed; readonly follows: string }
}

/** A text of a loss's theory with other names for the two distributions. */
export const withNames = (text: string, names: { readonly data: string; readonly generated: string }): string =>
  text.replaceAll('p_data', names.data).replaceAll('p_g', names.generated)
