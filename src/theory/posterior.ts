import type { TrainedClassifier } from './criterion.ts'
import { optimalDiscriminator } from './optimalDiscriminator.ts'

/** What D* says of a sample: the probability that it is real where both kinds come equally often, or the logit of it. */
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
 * Whether the number that D* gives is p / (p + q), as under least squares, or log(p / q), as under an f-GAN; neither under a
 * hinge, nor where data and samples change places before D sees them. It is computed at some ratios.
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
