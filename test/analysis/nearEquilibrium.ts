import { expect } from 'vitest'
import { equilibriumValue } from '../../src/analysis/textbookValue.ts'
import type { Outcome } from './gaussianGame.ts'

/**
 * Of a game that ends near equilibrium, the samples are the data's, and a D trained afresh finds no difference: it gives 1/2
 * to both. Before the first step it tells all apart, though the untrained D itself shows a value near -log 4 there too.
 */
export const expectNearEquilibrium = ({ before, after }: Outcome): void => {
  expect(before.divergence).toBeGreaterThan(0.3)
  expect(before.reply.fresh.value).toBeGreaterThan(-0.5)
  expect(before.reply.trained.value).toBeLessThan(-1)

  expect(after.divergence).toBeLessThan(0.01)
  const { fresh } = after.reply
  expect(Math.abs(fresh.value - equilibriumValue)).toBeLessThan(0.02)
  expect(Math.abs(fresh.real - 0.5)).toBeLessThan(0.02)
  expect(Math.abs(fresh.generated - 0.5)).toBeLessThan(0.02)
}
