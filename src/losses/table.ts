import { boundaryEquilibrium } from './boundaryEquilibrium.ts'
import { balancedConsistency, consistency } from './consistency.ts'
import { dragan } from './dragan.ts'
import { energyBased } from './energyBased.ts'
import { cramer, energyDistance } from './energyDistance.ts'
import {
  alpha,
  ganDivergence,
  jensenShannon,
  kullbackLeibler,
  neyman,
  pearson,
  reverseKullbackLeibler,
  squaredHellinger,
} from './fDivergences.ts'
import { fGan } from './fGan.ts'
import { gradientPenalty } from './gradientPenalty.ts'
import { hinge } from './hinge.ts'
import { jensenShannonPenalty } from './jensenShannonPenalty.ts'
import { labelSmoothing } from './labelSmoothing.ts'
import { largestSlope } from './largestSlope.ts'
import { latentConsistency, latentDiversity } from './latentConsistency.ts'
import { leastSquares } from './leastSquares.ts'
import { leCam } from './leCam.ts'
import { lipschitzPenalty } from './lipschitzPenalty.ts'
import { minimax } from './minimax.ts'
import { mmd } from './mmd.ts'
import { nonSaturating } from './nonSaturating.ts'
import { offDiagonal, orthogonal } from './orthogonal.ts'
import { pathLength } from './pathLength.ts'
import { r1 } from './r1.ts'
import { r1r2 } from './r1r2.ts'
import { r2 } from './r2.ts'
import {
  relativistic,
  relativisticAverage,
  relativisticAverageHinge,
  relativisticAverageLeastSquares,
  relativisticHinge,
  relativisticLeastSquares,
} from './relativistic.ts'
import { totalVariation } from './totalVariation.ts'
import { wasserstein } from './wasserstein.ts'
import { wassersteinDivergence } from './wassersteinDivergence.ts'

/** What `gan` takes as its loss, written over D's logits. */
export const losses = {
  minimax,
  nonSaturating,
  labelSmoothing,
  leastSquares,
  hinge,
  wasserstein,
  wassersteinDivergence,
  fGan,
  kullbackLeibler,
  reverseKullbackLeibler,
  pearson,
  neyman,
  squaredHellinger,
  jensenShannon,
  ganDivergence,
  totalVariation,
  alpha,
  relativistic,
  relativisticLeastSquares,
  relativisticHinge,
  relativisticAverage,
  relativisticAverageLeastSquares,
  relativisticAverageHinge,
  energyBased,
  boundaryEquilibrium,
  mmd,
  energyDistance,
  cramer,
}

/** What `gan` takes as penalties, paid by the discriminator; `latentDiversity` and `pathLength` are for the generator. */
export const penalties = {
  gradientPenalty,
  lipschitzPenalty,
  largestSlope,
  r1,
  r2,
  r1r2,
  dragan,
  jensenShannonPenalty,
  leCam,
  consistency,
  balancedConsistency,
  latentConsistency,
  latentDiversity,
  pathLength,
  orthogonal,
  offDiagonal,
}
