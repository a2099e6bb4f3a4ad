import { describe, expect, test } from 'vitest'
import { evaluateTerm } from '../../src/algebra/evaluateTerm.ts'
import { text } from '../../src/dsl/printing/text.ts'
import { at } from '../../src/ir/present.ts'
import * as losses from '../../src/losses/losses.ts'
import * as penalties from '../../src/losses/penalties.ts'
import { pointwiseGameOfLoss } from '../theory/pointwiseGames.ts'

const logit = (probability: number): number => Math.log(probability / (1 - probability))

describe('what a score costs', () => {
  const { discriminator } = pointwiseGameOfLoss(losses.minimax)
  test('a real sample scored 0.1, and a fake one scored 0.9: 2.303 each, as L_D = -V', () => {
    const real = -at(evaluateTerm(discriminator.a, { t: [logit(0.1)] }), 0)
    const fake = -at(evaluateTerm(discriminator.b, { t: [logit(0.9)] }), 0)
    expect(real).toBeCloseTo(-Math.log(0.1), 14)
    expect(fake).toBeCloseTo(-Math.log(1 - 0.9), 14)
    expect([real, fake].map((cost) => cost.toFixed(3))).toEqual(['2.303', '2.303'])
  })
})

describe('as a person reads them', () => {
  const objectives = {
    'minimax V': [losses.minimax.discriminator, '𝔼[log σ(D(x))] + 𝔼[log(1 − σ(D(G(z))))]'],
    'non-saturating G': [losses.nonSaturating.generator, '𝔼[log σ(D(G(z)))]'],
    'least squares D': [losses.leastSquares().discriminator, '0.5 · 𝔼[(D(x) − 1)²] + 0.5 · 𝔼[(D(G(z)) − 0)²]'],
    'hinge D': [losses.hinge.discriminator, '𝔼[relu(1 − D(x))] + 𝔼[relu(1 + D(G(z)))]'],
    'Wasserstein D': [losses.wasserstein.discriminator, '𝔼[D(x)] − 𝔼[D(G(z))]'],
  } as const
  for (const [name, [{ objective }, expected]] of Object.entries(objectives))
    test(name, () => {
      expect(text(objective)).toBe(expected)
    })

  test('R1', () => {
    expect(text(penalties.r1({ weight: 10 }).term)).toBe('5 · 𝔼[‖∇ₓ D(x)‖²]')
  })
  test('gradient penalties', () => {
    const where = 'x̂ = x + u_interpolation · (G(z) − x)'
    expect(text(penalties.gradientPenalty({ weight: 10 }).term)).toBe(`10 · 𝔼[(‖∇ₓ̂ D(x̂)‖ − 1)²], ${where}`)
    expect(text(penalties.gradientPenalty({ weight: 10, center: 0 }).term)).toBe(`10 · 𝔼[‖∇ₓ̂ D(x̂)‖²], ${where}`)
  })
})
