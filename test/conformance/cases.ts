import { analysisConformance } from './analysis.ts'
import type { Case } from './case.ts'
import { dynamicsConformance } from './dynamics.ts'
import { exampleConformance, lossConformance, optimizerConformance } from './games.ts'
import { layerConformance } from './layers.ts'
import { edgeConformance, opConformance } from './ops.ts'
import { penaltyConformance } from './penalties.ts'

/** What every backend must agree on with the reference. Nothing here needs Node or a test runner: a page runs it as well. */
export const conformance: readonly Case[] = [
  ...opConformance,
  ...edgeConformance,
  ...layerConformance,
  ...lossConformance,
  ...penaltyConformance,
  ...optimizerConformance,
  ...dynamicsConformance,
  ...exampleConformance,
  ...analysisConformance,
]

/** Several steps in one call are those steps one by one, bit by bit. */
export const chunks: readonly Case[] = [...optimizerConformance, ...exampleConformance]
