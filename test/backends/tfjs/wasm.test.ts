import { engine, getKernel, type Tensor } from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { start } from '../../../src/backends/tfjs/wasm.ts'
import { createBuilder } from '../../../src/ir/builder.ts'
import { expectAgreement, numbers, succeed } from '../onnx/agreement.ts'

const backend = await succeed(start({}))
await succeed(backend.store({}))

const floats = (...shape: number[]): Tensor =>
  engine().makeTensor(
    numbers(
      1,
      shape.reduce((product, n) => product * n, 1),
    ),
    shape,
    'float32',
  )
const plain = { transposeA: false, transposeB: false }

test('one tensor may be multiplied by as several matrices', async () => {
  const p = createBuilder()
  const x = p.state('x', [6])
  const metrics = Object.fromEntries(
    [
      [1, 6],
      [2, 3],
      [3, 2],
      [6, 1],
    ].map(([k = 1, n = 1]) => [`${k} x ${n}`, p.matmul(p.state(`a${k}`, [2, k]), p.reshape(x, [k, n]))]),
  )
  await expectAgreement(backend, p.program({ writes: {}, metrics }))
})

/** These fail when upstream mends what is gone around. */
describe('tfjs 4.22 in WebAssembly', () => {
  test('has no gradient of a convolution by its filter', () => {
    expect(getKernel('Conv2DBackpropFilter', 'wasm')).toBeUndefined()
  })

  test('takes a reshaped matrix for what it was before', async () => {
    const b = floats(3, 2)
    const reshaped = engine().runKernel<Tensor>('Reshape', { x: b }, { shape: [2, 3] })
    engine().runKernel('BatchMatMul', { a: floats(1, 3), b }, plain)
    const wrong = engine().runKernel<Tensor>('BatchMatMul', { a: floats(1, 2), b: reshaped }, plain)
    const right = engine().runKernel<Tensor>('BatchMatMul', { a: floats(1, 2), b: floats(2, 3) }, plain)
    expect(await wrong.data()).not.toEqual(await right.data())
  })

  /** The least time of some tries, each with tensors of its own: products keep what they made of them. */
  const fastest = (work: () => () => void): number =>
    Math.min(
      ...Array.from({ length: 5 }, () => {
        const run = work()
        const before = performance.now()
        run()
        return performance.now() - before
      }),
    )

  test('multiplies slowly where it transposes', () => {
    const product = (flags: typeof plain) => () => {
      const inputs = { a: floats(192, 192), b: floats(192, 192) }
      return () => engine().runKernel('BatchMatMul', inputs, flags)
    }
    const fast = fastest(product(plain))
    expect(fastest(product({ transposeA: true, transposeB: false }))).toBeGreaterThan(1.5 * fast)
    expect(fastest(product({ transposeA: false, transposeB: true }))).toBeGreaterThan(1.5 * fast)
  })

  test('is slow at the gradient of a convolution by its image', () => {
    const attributes = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC', dimRoundingMode: 'floor' }
    const forward = () => {
      const inputs = { x: floats(4, 16, 16, 16), filter: floats(3, 3, 16, 16) }
      return () => engine().runKernel('Conv2D', inputs, { ...attributes, dilations: [1, 1] })
    }
    const backward = () => {
      const inputs = { dy: floats(4, 16, 16, 16), filter: floats(3, 3, 16, 16) }
      return () => engine().runKernel('Conv2DBackpropInput', inputs, { ...attributes, inputShape: [4, 16, 16, 16] })
    }
    expect(fastest(backward)).toBeGreaterThan(2 * fastest(forward))
  })
})
