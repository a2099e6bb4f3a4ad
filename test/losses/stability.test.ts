import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/ir/evaluate.ts'
import { at } from '../../src/ir/ops/op.ts'
import { backend, expectAgreement } from '../backends/onnx/agreement.ts'
import { logits, stabilityCases } from './stability.ts'

describe('at logits up to 200 either way, every loss and its first two derivatives are exact', () => {
  for (const { name, program, expected } of stabilityCases)
    test(name, () => {
      const { metrics } = evaluate(program, { state: { t: Float64Array.from(logits) }, draws: {}, step: 0 })
      for (const metric of ['value', 'slope', 'curvature'] as const)
        logits.forEach((u, i) => {
          const found = metrics[metric]?.[i] ?? Number.NaN
          const exact = at(expected[metric], i)
          expect(Math.abs(found - exact), `${metric} at ${u}: ${found}, not ${exact}`).toBeLessThanOrEqual(
            1e-14 * Math.abs(exact),
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
