import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBuilder } from '../../../src/ir/builder.ts'
import type { Program } from '../../../src/ir/program.ts'
import { backend, expectAgreement, numbers, someState, succeed } from './agreement.ts'

const onnx = await backend()

/** Reads, writes and reads what it writes, draws, counts steps, and reports a scalar and an image. */
const game = (): Program => {
  const p = createBuilder()
  const w = p.state('w', [3, 2])
  const bias = p.state('bias', [2])
  const noise = p.draw('noise', { shape: [4, 3], origin: { type: 'normal', stream: 'noise' } })
  const scale = p.draw('scale', { shape: [], origin: { type: 'given' } })
  const y = p.tanh(p.add(p.matmul(noise, w), bias))
  const gradient = p.matmul(noise, p.mul(y, scale), { transposeA: true })
  const rate = p.div(p.number(1), p.add(p.step(), p.number(2)))
  return p.program({
    writes: { w: p.sub(w, p.mul(rate, gradient)), last: p.sum(y, [0]) },
    metrics: { y, loss: p.mean(p.square(y)), again: p.mean(p.square(y)), step: p.step(), before: w },
  })
}

const program = game()
const initial = someState(program)
const draws = (count: number) => ({ noise: numbers(1, count * 12), scale: numbers(2, count) })

const rows = (values: Float32Array, count: number, step: number): Float32Array => {
  const n = values.length / count
  return values.subarray(step * n, (step + 1) * n)
}

const started = async () => {
  const store = await succeed(onnx.store(initial))
  return { store, executable: await succeed(store.compile(program)) }
}

test('k steps in one call are bit for bit k calls of one step', async () => {
  const together = await started()
  const apart = await started()
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.nat(1000), async (count, first) => {
      const given = draws(count)
      const metrics = await succeed(together.executable.run({ first, count, draws: given }))
      for (let step = 0; step < count; step++) {
        const row = { noise: rows(given.noise, count, step), scale: rows(given.scale, count, step) }
        const single = await succeed(apart.executable.run({ first: first + step, count: 1, draws: row }))
        for (const [name, values] of Object.entries(single))
          expect(rows(Float32Array.from(metrics[name] ?? []), count, step)).toEqual(values)
      }
      expect(await succeed(together.store.read())).toEqual(await succeed(apart.store.read()))
    }),
    { numRuns: 20 },
  )
  together.executable.dispose()
  apart.executable.dispose()
})

test('one step agrees with the reference', () => expectAgreement(onnx, program, { draws: draws(1), step: 3 }))

test('the step number is exact up to 2^24', async () => {
  const { executable } = await started()
  const first = 2 ** 24 - 2
  const { step } = await succeed(executable.run({ first, count: 3, draws: draws(3) }))
  expect(step).toEqual(Float32Array.of(first, first + 1, first + 2))
  executable.dispose()
})

describe('programs that lack something', () => {
  test('no state', () => {
    const p = createBuilder()
    const x = p.draw('x', { shape: [2], origin: { type: 'given' } })
    return expectAgreement(onnx, p.program({ writes: {}, metrics: { x } }), { draws: { x: numbers(1, 2) } })
  })

  test('no draws and no metrics', () => {
    const p = createBuilder()
    return expectAgreement(onnx, p.program({ writes: { x: p.exp(p.state('x', [2, 2])) }, metrics: {} }))
  })

  test('nothing at all', () => expectAgreement(onnx, createBuilder().program({ writes: {}, metrics: {} })))

  test('a draw that nothing reads', () => {
    const p = createBuilder()
    p.draw('unread', { shape: [2], origin: { type: 'given' } })
    const used = p.program({ writes: {}, metrics: { one: p.number(1) } })
    return expectAgreement(onnx, used, { draws: { unread: numbers(1, 2) } })
  })
})

test('constants, state, draws and one value under several names can leave a program as they are', () => {
  const p = createBuilder()
  const x = p.state('x', [2])
  const draw = p.draw('draw', { shape: [2], origin: { type: 'given' } })
  const swap = p.program({
    writes: { x: p.state('y', [2]), y: x, z: draw },
    metrics: { x, same: x, draw, one: p.number(1), full: p.full([2, 2], 3) },
  })
  return expectAgreement(onnx, swap, { draws: { draw: numbers(3, 2) } })
})
