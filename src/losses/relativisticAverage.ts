import { loss } from './loss.ts'
import { averaged, open, standard } from './relativisticLoss.ts'

/**
 * RaGAN: compares each sample with the mean score of the other kind. Jolicoeur-Martineau 2019, algorithm 2.
 *
 * @example gan({ ...parts, loss: losses.relativisticAverage })
 */
export const relativisticAverage = loss({
  name: 'relativisticAverage',
  ...averaged(standard),
  theory: () => open('−log 4', -Math.log(4)),
  whole: true,
})
