import fc from 'fast-check'
import { describe, test } from 'vitest'
import { createBuilder } from '../../../src/ir/builder.ts'
import type { BinaryOp, UnaryOp } from '../../../src/ir/ops/elementwise.ts'
import type { NodeId, Shape } from '../../../src/ir/program.ts'
import { backend, expectAgreement } from './agreement.ts'

const onnx = await backend()

const tiny = [1e-3, 1e-6, 1e-8, 1e-30]
const moderate = [0.1, 0.5, 0.9, 1, 1.5, 2.5, 10, 20]
const large = [88, 200]
const signed = (values: readonly number[]): readonly number[] => values.flatMap((value) => [value, -value])
const everywhere = [0, ...signed([...tiny, ...moderate, ...large])]
const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]

/** Where float32 can follow float64; a function of size 1e38 and more is out of reach. */
const domains: { readonly [O in UnaryOp]: readonly number[] } = {
  neg: [...everywhere, ...special],
  exp: [...everywhere.filter((x) => x !== 200), ...special],
  log: [...everywhere, ...special],
  log1p: [...everywhere, -0.49, -0.51, -1, ...special],
  expm1: [...everywhere.filter((x) => x !== 200), ...special],
  sqrt: [...everywhere, ...special],
  rsqrt: [...everywhere, ...special],
  tanh: [...everywhere, ...special],
  sigmoid: [...everywhere, ...special],
  softplus: [...everywhere, ...special],
  relu: [...everywhere, ...special],
  abs: [...everywhere, ...special],
  sign: [...everywhere, ...special],
  erf: [...everywhere, ...special],
  sin: [...everywhere, ...special],
  cos: [...everywhere, ...special],
  floor: [...everywhere, ...special],
}

const unaryOps: readonly UnaryOp[] = Object.keys(domains).filter((op): op is UnaryOp => op in domains)
const binaryOps = [
  'add',
  'sub',
  'mul',
  'div',
  'pow',
  'maximum',
  'minimum',
  'greater',
  'equal',
] as const satisfies readonly BinaryOp[]

describe('unary ops at edge values', () => {
  test.each(unaryOps)('%s', async (op) => {
    const values = Float32Array.from(domains[op])
    const p = createBuilder()
    const shape = [values.length]
    const program = p.program({ writes: {}, metrics: { y: p[op](p.state('x', shape)) } })
    await expectAgreement(onnx, program, { state: { x: { shape, values } } })
  })
})

test('log1p, expm1 and softplus keep their digits where they are small', async () => {
  const p = createBuilder()
  const x = p.constant([3], [1e-6, 1e-10, -1e-8].map(Math.fround))
  const scale = p.number(1e6)
  const below = p.constant([2], [-20, -40])
  const y = p.mul(p.log1p(x), scale)
  const z = p.mul(p.expm1(x), scale)
  const metrics = { y, z, ratio: p.div(p.softplus(below), p.exp(below)) }
  await expectAgreement(onnx, p.program({ writes: {}, metrics }))
})

describe('binary ops at edge values', () => {
  const values = Float32Array.from([0, ...signed([1e-8, 0.5, 1, 2, 3, 200]), ...special])
  const column = [values.length, 1]
  const row = [1, values.length]
  test.each(binaryOps)('%s', async (op) => {
    const p = createBuilder()
    const left = p.state('left', column)
    const right = p.state('right', row)
    // JavaScript says that 1 ** NaN and 1 ** Infinity are NaN; IEEE 754 says 1.
    const base = op === 'pow' ? p.select(p.equal(p.abs(left), p.number(1)), p.number(2), left) : left
    await expectAgreement(onnx, p.program({ writes: {}, metrics: { y: p[op](base, right) } }), {
      state: { left: { shape: column, values }, right: { shape: row, values } },
    })
  })
})

test('select takes the side that the condition names, whatever the other holds', async () => {
  const p = createBuilder()
  const condition = p.constant([4], [0, 1, -2, 0.5])
  const y = p.select(condition, p.constant([4], [1, 2, Number.NaN, 4]), p.constant([4], [Number.NaN, Infinity, 7, 8]))
  await expectAgreement(onnx, p.program({ writes: {}, metrics: { y } }))
})

/** A shape, and one that broadcasts to it: some leading axes gone, some sizes 1. */
const smaller = (shape: Shape): fc.Arbitrary<Shape> =>
  fc
    .tuple(fc.nat(shape.length), fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }))
    .map(([gone, ones]) => shape.map((n, axis) => (ones[axis] ? 1 : n)).slice(gone))

const broadcastCase = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }).chain((shape) =>
  fc.record({
    shape: fc.constant(shape),
    operands: fc.tuple(smaller(shape), smaller(shape), smaller(shape)),
    op: fc.constantFrom(...binaryOps.filter((op) => op !== 'pow')),
    reader: fc.constantFrom('sum', 'matmul', 'concat', 'transpose', 'metric'),
  }),
)

test('small operands mean the same as broadcast ones, whatever reads the result', async () => {
  await fc.assert(
    fc.asyncProperty(broadcastCase, async ({ shape, operands, op, reader }) => {
      const p = createBuilder()
      const [a, b, c] = operands.map((operand, i) => p.broadcast(p.state(`s${i}`, operand), shape))
      if (a === undefined || b === undefined || c === undefined) throw new Error('three operands')
      const y = p.select(p.greater(c, p.number(0)), p[op](a, p.barrier(b)), p.stopGradient(p.tanh(c)))
      const readers: { readonly [name in typeof reader]: () => NodeId } = {
        sum: () => p.sum(y),
        matmul: () => {
          const row = p.reshape(y, [1, shape.reduce((n, m) => n * m, 1)])
          return p.matmul(row, row, { transposeB: true })
        },
        concat: () => (shape.length === 0 ? y : p.concat([y, c], 0)),
        transpose: () => p.transpose(y, [...shape.keys()].reverse()),
        metric: () => y,
      }
      await expectAgreement(onnx, p.program({ writes: { new: y }, metrics: { z: readers[reader]() } }), {
        state: Object.fromEntries([
          ...operands.map((operand, i) => [
            `s${i}`,
            {
              shape: operand,
              values: Float32Array.from({ length: operand.reduce((n, m) => n * m, 1) }, (_, j) => j - i),
            },
          ]),
          ['new', { shape, values: new Float32Array(shape.reduce((n, m) => n * m, 1)) }],
        ]),
      })
    }),
    { numRuns: 60 },
  )
})
