import type { Duel } from './criterion.ts'
import { optimalDiscriminator } from './optimalDiscriminator.ts'

/** The value of D's best reply where p_g = p_data: of any distribution, for the value at a point is proportional to p. */
export const valueAtEquilibrium = ({ discriminator, range }: Pick<Duel, 'discriminator' | 'range'>): number =>
  optimalDiscriminator(discriminator, range)(1, 1).value + discriminator.constant

/** How D, read as a classifier, tells real from generated. */
export interface Threshold {
  readonly value: number
  /** On which side of it D* is where data are likelier than samples. */
  readonly real: 'above' | 'below'
}

/**
 * What D* gives where a sample is as likely real as generated; the middle where that is an interval. `undefined` where D*
 * is not known or does not depend on what is likelier.
 */
export const decisionThreshold = ({
  discriminator,
  range,
}: Pick<Duel, 'discriminator' | 'range'>): Threshold | undefined => {
  const reply = optimalDiscriminator(discriminator, range)
  const [even, generated, real] = [reply(1, 1), reply(1, 2), reply(2, 1)].map(({ optimum }) => {
    if (optimum.type === 'unique') return optimum.value
    return optimum.type === 'set' ? (optimum.low + optimum.high) / 2 : Number.NaN
  })
  if (even === undefined || generated === undefined || real === undefined) return undefined
  if (!Number.isFinite(even) || Number.isNaN(real - generated) || real === generated) return undefined
  return { value: even, real: real > generated ? 'above' : 'below' }
}
