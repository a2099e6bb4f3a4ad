import { add, div, log } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'

/** A closed form in two variables: p, the density of the data at a point, and q, the density of the generated samples. */
export type Closed = Expr<'batch', [], 'variable p' | 'variable q'>

/** The density of the data at a point. */
export const p: Expr<'batch', [], 'variable p'> = { term: { op: 'variable', name: 'p' } }
/** The density of the generator's samples there. */
export const q: Expr<'batch', [], 'variable q'> = { term: { op: 'variable', name: 'q' } }

/** p / (p + q): the probability that a sample at this point is real, if both kinds are equally frequent. */
export const posterior: Closed = div(p, add(p, q))
/** Its logit, log(p / q). */
export const logOdds: Closed = log(div(p, q))

/** A function of two distributions over the same finite set of points. */
export type OfDistributions = (data: readonly number[], generated: readonly number[]) => number

/**
 * What the literature says about a loss. Declared with the loss, and tested against values computed from the objectives. Values
 * are those of what D maximises: minus its cost, if D minimises.
 *
 * In all texts, `p_data` and `p_g` name the two distributions that D sees. If D sees mixtures or packs of them, `withNames` replaces
 * the names.
 */
export interface LossTheory {
  /** D's best reply at a point: its output, and the sigmoid of it if that is a probability. */
  readonly optimum:
    | { readonly type: 'closed'; readonly output: Closed; readonly probability?: Closed }
    /** A reply that depends on all points: `factor` times the output, plus any constant. */
    | { readonly type: 'relative'; readonly output: Closed; readonly factor?: { text: string; of: OfDistributions } }
    | { readonly type: 'constrained'; readonly constraint: string }
    /** No closed form, and why. */
    | { readonly type: 'open'; readonly reason: string }
  /** The value of D's best reply at p_g = p_data. Without a number if it depends on the distribution. */
  readonly equilibrium: { readonly text: string; readonly value?: number }
  /** The value of D's best reply, and the divergence that it measures. */
  readonly value: { readonly text: string; readonly divergence: string; readonly of?: OfDistributions }
  /**
   * The generator's side, with D* held fixed. `pull` is the cost of a sample at a point: the derivative of its cost by
   * q there. `follows` names the function whose gradient this is.
   */
  readonly generator: { readonly pull?: Closed; readonly follows: string }
}

/** A text of a loss's theory, with other names for the two distributions. */
export const withNames = (text: string, names: { readonly data: string; readonly generated: string }): string =>
  text.replaceAll('p_data', names.data).replaceAll('p_g', names.generated)
