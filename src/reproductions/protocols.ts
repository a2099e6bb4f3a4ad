import { diracGan } from './diracGan.ts'
import { fewLabels } from './fewLabels.ts'
import { pacganGrid, pacganRing } from './pacgan.ts'
import type { Protocol } from './protocol.ts'
import { stackedMnist } from './stackedMnist.ts'
import { veeganGrid, veeganRing } from './veegan.ts'

/** Every table that can be made again. */
export const protocols: readonly Protocol[] = [
  veeganRing,
  veeganGrid,
  pacganRing,
  pacganGrid,
  diracGan,
  stackedMnist,
  fewLabels,
]
