import type { TrainedClassifier } from './criterion.ts'
import { optimalDiscriminator } from './optimalDiscriminator.ts'

/** What D* means: the probability that a sample is real, if both kinds are equally frequent, or the logit of it. */
export type Posterior = 'probability' | 'logit'

const ratios = [
  [1, 9],
  [1, 3],
  [1, 1],
  [3, 1],
  [9, 1],
] as const

const formulas: { readonly [P in Posterior]: (p: number, q: number) => number } = {
  probability: (p, q) => p / (p + q),
  logit: (p, q) => Math.log(p / q),
}

/**
 * Whether D* is p / (p + q), as for least squares, or log(p / q), as for an f-GAN. It is neither for the hinge loss, nor if labels are
 * flipped. Computed at some ratios.
 */
export const posteriorOf = ({ discriminator, range }: TrainedClassifier): Posterior | undefined => {
  const { real, fake } = discriminator.laws
  if (real.exchanged.most > 0 || fake.exchanged.most > 0) return undefined
  const reply = optimalDiscriminator(discriminator, range)
  const fits = (posterior: Posterior): boolean =>
    ratios.every(([p, q]) => {
      const { optimum } = reply(p, q)
      return optimum.type === 'unique' && Math.abs(optimum.value - formulas[posterior](p, q)) < 1e-9
    })
  return (['probability', 'logit'] as const).find(fits)
}
