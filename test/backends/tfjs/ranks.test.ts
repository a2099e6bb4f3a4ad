import fc from 'fast-check'
import { describe, test } from 'vitest'
import { createBuilder } from '../../../src/ir/builder.ts'
import { expectAgreement } from '../onnx/agreement.ts'
import { startRows } from './rows.ts'

/** Kernels take at most so many axes; programs may have any number. */
const shaped = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 5, maxLength: 7 }).chain((shape) => {
  const perAxis = fc.array(fc.nat(2), { minLength: shape.length, maxLength: shape.length })
  const flags = fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length })
  return fc.record({
    shape: fc.constant(shape),
    permutation: fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }),
    starts: perAxis.map((from) => from.map((start, axis) => Math.min(start, (shape[axis] ?? 1) - 1))),
    before: perAxis.map((zeros) => zeros.map((n) => Number(n === 2))),
    after: perAxis.map((zeros) => zeros.map((n) => Number(n === 2))),
    repeated: flags,
    axis: fc.nat(shape.length - 1),
  })
})

describe.each(await startRows())('%s does with many axes', (_, backend) => {
  test('what moves elements', async () => {
    await fc.assert(
      fc.asyncProperty(shaped, async ({ shape, permutation, starts, before, after, repeated, axis }) => {
        const p = createBuilder()
        const x = p.state('x', shape)
        const small = p.state(
          'small',
          shape.map((n, i) => (repeated[i] === true ? 1 : n)),
        )
        const metrics = {
          transposed: p.transpose(x, permutation),
          slice: p.slice(
            x,
            starts,
            shape.map((n, i) => n - (starts[i] ?? 0)),
          ),
          padded: p.pad(x, before, after),
          joined: p.concat([x, p.neg(x)], axis),
          repeated: p.reshape(p.broadcast(small, shape), [...shape].reverse()),
        }
        await expectAgreement(backend, p.program({ writes: {}, metrics }))
      }),
      { numRuns: 12, seed: 1 },
    )
  })

  test('what computes', async () => {
    await fc.assert(
      fc.asyncProperty(shaped, async ({ shape, repeated }) => {
        const p = createBuilder()
        const x = p.state('x', shape)
        const small = p.state(
          'small',
          shape.map((n, i) => (repeated[i] === true ? 1 : n)),
        )
        const y = p.broadcast(small, shape)
        const axes = [...shape.keys()].filter((i) => repeated[i])
        const zero = p.broadcast(p.number(0), shape)
        const metrics = {
          unary: p.tanh(x),
          binary: p.sub(x, y),
          compared: p.equal(x, y),
          chosen: p.select(p.greater(y, zero), x, p.broadcast(p.number(2), shape)),
          leaky: p.select(p.greater(x, zero), x, p.mul(x, p.broadcast(p.number(0.2), shape))),
          slope: p.select(p.greater(x, zero), y, p.mul(y, p.broadcast(p.number(0.2), shape))),
          sum: p.sum(x, axes),
          max: p.max(x, axes),
        }
        await expectAgreement(backend, p.program({ writes: {}, metrics }))
      }),
      { numRuns: 12, seed: 1 },
    )
  })
})
