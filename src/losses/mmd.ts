import { replace } from '../algebra/pointwise.ts'
import { checkFunction, checkOneOf, checkOptions } from '../codecs/argument.ts'
import { maximise, minimise } from '../dsl/objectives/player.ts'
import { D, G, x, z } from '../dsl/objectives/symbols.ts'
import { add, mul, square, sub } from '../dsl/terms/elementwise.ts'
import { checkOperands, type Expr, toTerm, type UsesOf } from '../dsl/terms/expression.ts'
import { rewrite } from '../dsl/terms/rewrite.ts'
import { E, pair, sum } from '../dsl/terms/statistics.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import { t } from '../dsl/terms/variables.ts'
import { meanOverPairs } from './distinctPairs.ts'
import { gaussianMixture, type Kernel } from './kernels.ts'
import { loss, type NamedLoss, parametric } from './loss.ts'
import type { LossTheory } from './lossTheory.ts'

type Features = Expr<'sample'>

/** 'biased' also pairs each sample with itself, which adds a bias of order 1 / batch. 'unbiased' does not. */
export type Estimate = 'biased' | 'unbiased'

/** Makes `squaredMmd` under the name `called`, for its errors. */
export const discrepancy =
  (called: string) =>
  <A extends Features, B extends Features>(
    a: A,
    b: B,
    kernel: Kernel,
    estimate: Estimate = 'unbiased',
  ): Expr<'batch', [], UsesOf<A> | UsesOf<B>> => {
    checkOperands(called, { a, b })
    checkFunction(called, 'kernel', kernel, 'Give a kernel, gaussianMixture() for instance.')
    checkOneOf(called, 'estimate', estimate, ['biased', 'unbiased'])
    const k = (u: Features, v: Features): Expr<'pair', []> => ({
      term: toTerm(kernel(sum(square(sub<Expr, Expr>(u, pair(v))))), called, 'kernel'),
    })
    const mean = (pairs: Expr<'pair', []>): Expr<'batch', []> => E(E(pairs))
    const within = estimate === 'biased' ? mean : meanOverPairs
    return { term: sub(add(within(k(a, a)), within(k(b, b))), mul(2, mean(k(a, b)))).term }
  }

/**
 * The squared maximum mean discrepancy of two sets of features: E[k(a, a')] + E[k(b, b')] - 2 E[k(a, b)] over independent pairs.
 * Gretton et al. 2012, lemma 6 (equation 3 unbiased, 5 biased; here all pairs of a and b are used).
 *
 * @example minimise(squaredMmd(x, fake, gaussianMixture()), 'G')
 */
export const squaredMmd = discrepancy('squaredMmd')

/** Gretton et al. 2012, theorem 5; Li et al. 2017, theorem 3. */
const theory: LossTheory = {
  optimum: { type: 'constrained', constraint: 'D must be kept Lipschitz: the discrepancy grows with its features' },
  equilibrium: { text: '0', value: 0 },
  value: {
    text: 'MMD²(p_data, p_g) of the features D(x), 0 at p_g = p_data alone where D tells samples apart',
    divergence: 'squared maximum mean discrepancy',
  },
  generator: { follows: 'MMD² of the features that D gives, without bias' },
}

/** The kernels in an objective, as functions of a squared distance. */
const kernelsIn = (objective: Term): readonly Kernel[] =>
  subterms(objective).flatMap((term) => {
    if (term.op !== 'E' || term.of.op !== 'E') return []
    const of = term.of.of
    return [(squared) => ({ term: replace(of, (part) => (part.op === 'sum' ? squared.term : undefined)) })]
  })

interface Options {
  readonly kernel?: Kernel
  readonly estimate?: Estimate
}

const make = (options: Options = {}): NamedLoss => {
  checkOptions<Options>('losses.mmd', options, { kernel: 'optional', estimate: 'optional' })
  const { kernel = gaussianMixture(), estimate = 'unbiased' } = options
  const value = discrepancy('losses.mmd')(D(x), D(G(z)), kernel, estimate)
  return loss({
    name: 'mmd',
    parameters: { kernel: { term: toTerm(kernel(t), 'losses.mmd', 'kernel') }, estimate },
    discriminator: maximise(value, 'D'),
    generator: minimise(value, 'G'),
    theory: () => theory,
    whole: true,
  })
}

/** Reads a stored spec, which holds the kernel as an expression of t, the squared distance. */
const read = ({ kernel, estimate }: { readonly kernel: Expr; readonly estimate: Estimate }): NamedLoss =>
  make({
    kernel: (squared) => ({ term: rewrite(kernel.term, (part) => (isT(part) ? squared.term : part)) }),
    estimate,
  })

const isT = (term: Term): boolean => term.op === 'variable' && term.name === 't'

/**
 * MMD GAN: D outputs features of any length and maximises their squared MMD; G minimises it. Bound D, for example with
 * `penalties.gradientPenalty` or weight clipping: otherwise it scales the features without limit. Li et al. 2017, section 3;
 * Binkowski et al. 2018.
 *
 * @example gan({ ...parts, loss: losses.mmd({ kernel: rationalQuadratic() }) })
 */
export const mmd = parametric(make, {
  read,
  within: (objective: Term) =>
    kernelsIn(objective).flatMap((kernel) =>
      (['unbiased', 'biased'] as const).map((estimate) => make({ kernel, estimate })),
    ),
})
