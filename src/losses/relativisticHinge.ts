import { loss } from './loss.ts'
import { margin, open, paired } from './relativisticLoss.ts'

/**
 * RpHingeGAN: D(x) - D(G(z)) should be at least 1. Jolicoeur-Martineau 2020, section 2.
 *
 * @example gan({ ...parts, loss: losses.relativisticHinge })
 */
export const relativisticHinge = loss({
  name: 'relativisticHinge',
  ...paired(margin),
  theory: () => open('−1', -1),
  whole: true,
})
