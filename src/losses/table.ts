import { gradientPenalty } from './gradientPenalty.ts'
import { hinge } from './hinge.ts'
import { leastSquares } from './leastSquares.ts'
import { minimax } from './minimax.ts'
import { nonSaturating } from './nonSaturating.ts'
import { r1 } from './r1.ts'
import { wasserstein } from './wasserstein.ts'

/** What `gan` takes as its loss, written over D's logits. */
export const losses = { minimax, nonSaturating, leastSquares, hinge, wasserstein }

/** What `gan` takes as penalties, paid by the discriminator. */
export const penalties = { gradientPenalty, r1 }
