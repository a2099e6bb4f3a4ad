import { loss } from './loss.ts'
import { averaged, margin, open } from './relativisticLoss.ts'

/**
 * RaHingeGAN: each score should differ by at least 1 from the mean score of the other kind. Jolicoeur-Martineau 2019, appendix B.
 *
 * @example gan({ ...parts, loss: losses.relativisticAverageHinge })
 */
export const relativisticAverageHinge = loss({
  name: 'relativisticAverageHinge',
  ...averaged(margin),
  theory: () => open('−2', -2),
  whole: true,
})
