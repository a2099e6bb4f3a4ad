import { checkNumbers, checkOptions } from '../codecs/argument.ts'
import { times } from '../dsl/objectives/coefficient.ts'
import { maximise } from '../dsl/objectives/player.ts'
import { D, G, type Uses, x, z } from '../dsl/objectives/symbols.ts'
import { add, div, log, neg, sigmoid, sub } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E } from '../dsl/terms/statistics.ts'
import { at } from '../ir/present.ts'
import { loss, type NamedLoss, parametric, type Shown } from './loss.ts'
import { type Closed, type LossTheory, p, q } from './lossTheory.ts'
import { nonSaturating } from './nonSaturating.ts'

/** The target probabilities of D: `real` on data, `fake` on samples. */
export interface Labels {
  readonly real: number
  readonly fake: number
}

/** a · one + b · other. Leaves out a term whose coefficient is 0. */
const mixed = <U extends string>(a: number, one: Scalar<U>, b: number, other: Scalar<U>): Scalar<U> => {
  if (b === 0) return times(ranged('probability', a), one)
  return a === 0
    ? times(ranged('probability', b), other)
    : { term: add<Expr, Expr>(times(ranged('probability', a), one), times(ranged('probability', b), other)).term }
}
type Scalar<U extends string> = Expr<'batch', [], U>

/** The expected log-likelihood of a label that is 1 with probability `label`. */
const likelihood = (label: number, logit: Expr<'sample', [], Uses>): Scalar<Uses> =>
  mixed(label, E(log(sigmoid(logit))), 1 - label, E(log(sub(1, sigmoid(logit)))))

const xlogx = (value: number): number => (value === 0 ? 0 : value * Math.log(value))

/** Salimans et al. 2016, section 3.4: D* = (real p + fake q) / (p + q). Its value follows. */
const theoryOf = ({ real, fake }: Labels): LossTheory => {
  const ones = mixed<'variable p' | 'variable q'>(real, p, fake, q)
  const zeros = mixed<'variable p' | 'variable q'>(1 - real, p, 1 - fake, q)
  const probability: Closed = div(ones, add(p, q))
  const mean = (real + fake) / 2
  const equilibrium = 2 * (xlogx(mean) + xlogx(1 - mean))
  return {
    optimum: {
      type: 'closed',
      output: log(div(ones, zeros)),
      probability,
    },
    equilibrium: { text: `2 (s log s + (1 − s) log(1 − s)) where s = ${mean}`, value: equilibrium },
    value: {
      text: `${equilibrium.toPrecision(4)} + 2 I(label; sample), where labels are 1 with probability ${real} on data and ${fake} on samples`,
      divergence: 'the mutual information of label and sample',
      of: (data, generated) =>
        data.reduce((sum, of, i) => {
          const other = at(generated, i)
          const one = real * of + fake * other
          return sum + xlogx(one) + xlogx(of + other - one) - xlogx(of + other)
        }, 0),
    },
    generator: { pull: neg(log(probability)), follows: '−𝔼_g[log D] at a D that stands still, which is no divergence' },
  }
}

const make = (options: Partial<Labels> = {}): NamedLoss => {
  checkOptions<Partial<Labels>>('losses.labelSmoothing', options, { real: 'optional', fake: 'optional' })
  checkNumbers('losses.labelSmoothing', options)
  const { real = 0.9, fake = 0 } = options
  const likelihoods = add(likelihood(real, { term: D(x).term }), likelihood(fake, { term: D(G(z)).term }))
  return loss({
    name: 'labelSmoothing',
    parameters: { real, fake },
    discriminator: maximise(likelihoods, 'D'),
    generator: nonSaturating.generator,
    theory: () => theoryOf({ real, fake }),
  })
}

/** Recovers the label l from two values, at 1 and -1, of the payoff l log sigmoid(t) + (1 - l) log(1 - sigmoid(t)) = l t - softplus(t). */
const labelOf = (paid: (value: number) => number): number => {
  const label = (paid(1) - paid(-1) + 1) / 2
  return Math.round(label * 1e12) / 1e12
}

/**
 * The non-saturating loss with smoothed labels: D maximises the likelihood of the label `real` on data and `fake` on samples. By
 * default it is one-sided, as Salimans et al. 2016, section 3.4, recommend.
 *
 * @example gan({ ...parts, loss: losses.labelSmoothing({ real: 0.9 }) })
 */
export const labelSmoothing = parametric(make, {
  solve: ({ onData, onSamples }: Shown) => {
    const labels = { real: labelOf(onData), fake: labelOf(onSamples) }
    return Object.values(labels).every((label) => label >= 0 && label <= 1) ? [make(labels)] : []
  },
})
