import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { evaluate } from '../../src/ir/evaluate.ts'
import { at } from '../../src/ir/present.ts'
import * as losses from '../../src/losses/losses.ts'
import { adversarialPairs, finiteGameOf } from '../../src/theory/pointwiseGames.ts'
import { backend, expectAgreement } from '../backends/onnx/agreement.ts'
import { ganOf } from '../theory/pointwiseGames.ts'
import { covered, logits, relative, stabilityCases } from './stability.ts'

describe('at logits up to 200 either way, every loss and its first two derivatives are exact', () => {
  test('every loss', () => {
    const { fGan, ...named } = losses
    expect(Object.keys(named).filter((name) => !covered.includes(name))).toEqual([])
  })

  for (const { name, program, expected, tolerance } of stabilityCases)
    test(name, () => {
      const { metrics } = evaluate(program, { state: { t: Float64Array.from(logits) }, draws: {}, step: 0 })
      for (const metric of ['value', 'slope', 'curvature'] as const)
        logits.forEach((u, i) => {
          const found = metrics[metric]?.[i] ?? Number.NaN
          const exact = at(expected[metric], i)
          expect(Math.abs(found - exact), `${metric} at ${u}: ${found}, not ${exact}`).toBeLessThanOrEqual(
            tolerance.absolute + tolerance.relative * Math.abs(exact),
          )
        })
    })
})

describe('and the default backend agrees', () => {
  for (const { name, program } of stabilityCases)
    test(name, async () => {
      const t = { shape: [logits.length], values: Float32Array.from(logits) }
      await expectAgreement(await backend(), program, { state: { t } })
    })
})

describe('where D’s outputs are compared with one another, all of them at once', () => {
  const weights = logits.map((_, i) => (2 * (1 + i)) / (logits.length * (1 + logits.length)))
  for (const [name, loss] of Object.entries(relative))
    test(`${name}: finite, with its derivatives of first and second order`, () => {
      const spec = ganOf(loss)
      const found = adversarialPairs(spec).map((pairing) => finiteGameOf(spec, pairing))[0]
      if (found === undefined || E.isLeft(found)) throw new Error('no finite game')
      const { value, byTable, hessian, byGenerated } = found.right.value(logits, weights, [...weights].reverse())
      const numbers = [value, ...byTable, ...byGenerated, ...hessian.flat()]
      expect(numbers.filter((each) => !Number.isFinite(each))).toEqual([])
      expect(Math.abs(value)).toBeGreaterThan(1)
    })
})
