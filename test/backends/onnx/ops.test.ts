import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBuilder } from '../../../src/ir/builder.ts'
import { type Shape, size } from '../../../src/ir/program.ts'
import { backend, expectAgreement, succeed } from './agreement.ts'

const onnx = await backend()

const sizes = (rank: { readonly min: number; readonly max: number }): fc.Arbitrary<Shape> =>
  fc.array(fc.integer({ min: 1, max: 4 }), { minLength: rank.min, maxLength: rank.max })

test('matmul, batched and transposed', async () => {
  const cases = fc.record({
    leading: sizes({ min: 0, max: 2 }),
    mkn: fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 1, max: 5 }))),
    transposeA: fc.boolean(),
    transposeB: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(cases, async ({ leading, mkn: [m = 1, k = 1, n = 1], transposeA, transposeB }) => {
      const p = createBuilder()
      const a = p.state('a', [...leading, ...(transposeA ? [k, m] : [m, k])])
      const b = p.state('b', [...leading, ...(transposeB ? [n, k] : [k, n])])
      const y = p.matmul(a, b, { transposeA, transposeB })
      await expectAgreement(onnx, p.program({ writes: {}, metrics: { y } }))
    }),
    { numRuns: 40 },
  )
})

const withAxes = sizes({ min: 0, max: 4 }).chain((shape) =>
  fc.record({ shape: fc.constant(shape), axes: fc.subarray([...shape.keys()]) }),
)

test('sum and max over any axes', async () => {
  await fc.assert(
    fc.asyncProperty(withAxes, async ({ shape, axes }) => {
      const p = createBuilder()
      const x = p.state('x', shape)
      await expectAgreement(onnx, p.program({ writes: {}, metrics: { sum: p.sum(x, axes), max: p.max(x, axes) } }))
    }),
    { numRuns: 40 },
  )
})

const movement = sizes({ min: 1, max: 4 }).chain((shape) => {
  const perAxis = fc.array(fc.nat(2), { minLength: shape.length, maxLength: shape.length })
  return fc.record({
    shape: fc.constant(shape),
    permutation: fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }),
    starts: perAxis.map((from) => from.map((start, axis) => Math.min(start, (shape[axis] ?? 1) - 1))),
    cut: perAxis,
    before: perAxis,
    after: perAxis,
    axis: fc.nat(shape.length - 1),
  })
})

test('reshape, transpose, slice, pad, concat and broadcast', async () => {
  await fc.assert(
    fc.asyncProperty(movement, async ({ shape, permutation, starts, cut, before, after, axis }) => {
      const p = createBuilder()
      const x = p.state('x', shape)
      const lengths = shape.map((n, i) => Math.max(1, n - (starts[i] ?? 0) - (cut[i] ?? 0)))
      const padded = p.pad(x, before, after)
      const metrics = {
        flat: p.reshape(x, [size(shape)]),
        transposed: p.transpose(x, permutation),
        slice: p.slice(x, starts, lengths),
        padded,
        joined: p.concat([x, p.neg(x), x], axis),
        repeated: p.broadcast(x, [2, ...shape]),
      }
      await expectAgreement(onnx, p.program({ writes: {}, metrics }))
    }),
    { numRuns: 40 },
  )
})

const indexing = fc
  .record({ rows: fc.integer({ min: 1, max: 5 }), row: sizes({ min: 0, max: 2 }), places: sizes({ min: 0, max: 2 }) })
  .chain(({ rows, row, places }) =>
    fc.record({
      rows: fc.constant(rows),
      row: fc.constant(row),
      places: fc.constant(places),
      indices: fc.array(fc.nat(rows - 1), { minLength: size(places), maxLength: size(places) }),
    }),
  )

test('gather, and scatter where an index occurs several times', async () => {
  await fc.assert(
    fc.asyncProperty(indexing, async ({ rows, row, places, indices }) => {
      const p = createBuilder()
      const at = p.constant(places, indices)
      const metrics = {
        gathered: p.gather(p.state('table', [rows, ...row]), at),
        scattered: p.scatter(p.state('updates', [...places, ...row]), at, rows),
      }
      await expectAgreement(onnx, p.program({ writes: {}, metrics }))
    }),
    { numRuns: 40 },
  )
})

test('NaN stays in its own row of a scatter', async () => {
  const p = createBuilder()
  const updates = p.constant([3, 2], [1, 2, Number.NaN, 4, 5, 6])
  const y = p.scatter(updates, p.constant([3], [1, 0, 1]), 3)
  await expectAgreement(onnx, p.program({ writes: {}, metrics: { y } }))
})

test('an index outside the table is an error of the backend', async () => {
  const p = createBuilder()
  const y = p.gather(p.state('table', [2]), p.state('indices', [1]))
  const table = { shape: [2], values: Float32Array.of(1, 2) }
  const store = await succeed(onnx.store({ table, indices: { shape: [1], values: Float32Array.of(7) } }))
  const executable = await succeed(store.compile(p.program({ writes: {}, metrics: { y } })))
  expect(await executable.run({ first: 0, count: 1, draws: {} })()).toMatchObject({
    _tag: 'Left',
    left: { type: 'BackendError', backend: 'onnx' },
  })
  executable.dispose()
})
