import { grid } from '../dsl/sources/grid.ts'
import { ring } from '../dsl/sources/ring.ts'
import { modes } from '../measure/metrics/modes.ts'
import { columnsOf } from './protocol.ts'

/**
 * The two mixtures of Srivastava et al. 2017 (VEEGAN), by the numbers of Lin et al. 2018 (PacGAN), section 4.1, and of
 * their code: eight Gaussians on the unit circle, of standard deviation 0.01; 25 at (-4 + 2i, -4 + 2j), of 0.05.
 */
export const mixtures = {
  ring: { label: '2D ring', modes: 8, source: ring({ modes: 8, radius: 1, std: 0.01 }) },
  grid: { label: '2D grid', modes: 25, source: grid({ side: 5, spacing: 2, std: 0.05 }) },
} as const
export type MixtureName = keyof typeof mixtures

/** Srivastava et al. 2017, section 4.1: samples within 3 standard deviations of the nearest mode are of high quality. */
export const mixtureMetrics = (mixture: MixtureName) => {
  const columns = columnsOf(modes.numbers)
  return { ...columns, modes: { ...columns.modes, name: `modes (of ${mixtures[mixture].modes})` } }
}
