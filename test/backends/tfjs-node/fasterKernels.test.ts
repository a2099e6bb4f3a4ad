import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { start } from '../../../src/backends/tfjs/node/gpu.ts'
import { succeed } from '../onnx/agreement.ts'
import { isInstalled, notRun } from './installed.ts'

/** Each test of upstream's kernels fails once they are mended: then ours can go. */
const upstream = 'tensorflow'
const ours = 'saddlepoint-tensorflow'

/** The ops of TensorFlow that some work takes. */
const opsOf = (work: () => void): readonly string[] => {
  const backend = tf.findBackend(upstream)
  if (!('executeSingleOutput' in backend) || typeof backend.executeSingleOutput !== 'function')
    throw new Error('tfjs does not run on libtensorflow')
  const execute = backend.executeSingleOutput
  const ops: string[] = []
  Object.assign(backend, {
    executeSingleOutput: (op: string, ...rest: readonly unknown[]) => {
      ops.push(op)
      return execute.call(backend, op, ...rest)
    },
  })
  work()
  Object.assign(backend, { executeSingleOutput: execute })
  return ops
}

const on = async <A>(kernels: string, work: () => A): Promise<A> => {
  await tf.setBackend(kernels)
  return work()
}

const tests = (): void => {
  describe('upstream still', () => {
    const image = (): tf.Tensor4D => tf.ones([1, 4, 4, 1])
    const made = (): tf.Tensor4D => tf.ones([1, 5, 5, 1])
    const window = {
      strides: [1, 1],
      pad: [
        [0, 0],
        [1, 1],
        [1, 1],
        [0, 0],
      ],
      dataFormat: 'NHWC',
      dimRoundingMode: 'floor',
    }
    const refusal = "supports only 'valid' and 'same' padding"

    test('refuses other paddings where a convolution’s gradient by its input is asked', async () => {
      const ask = (): tf.Tensor =>
        tf
          .engine()
          .runKernel(
            'Conv2DBackpropInput',
            { dy: made(), filter: tf.ones([2, 2, 1, 1]) },
            { ...window, inputShape: [1, 4, 4, 1] },
          )
      await expect(on(upstream, ask)).rejects.toThrow(refusal)
      expect(await on(ours, () => [...ask().dataSync()])).toEqual(new Array(16).fill(4))
    })

    test('refuses other paddings where a convolution’s gradient by its filter is asked', async () => {
      const ask = (): tf.Tensor =>
        tf
          .engine()
          .runKernel('Conv2DBackpropFilter', { x: image(), dy: made() }, { ...window, filterShape: [2, 2, 1, 1] })
      await expect(on(upstream, ask)).rejects.toThrow(refusal)
    })

    test('takes the op for many products where there is one', async () => {
      const ask = (): void => {
        tf.matMul(tf.ones([2, 3]), tf.ones([3, 2]))
      }
      expect(await on(upstream, () => opsOf(ask))).toContain('BatchMatMulV2')
      expect(await on(ours, () => opsOf(ask))).toContain('MatMul')
    })

    test('takes more than two ops for a step', async () => {
      const x = tf.tensor1d([-1, 0, 2])
      const ask = (): void => {
        tf.step(x, 0.5)
      }
      expect((await on(upstream, () => opsOf(ask))).length).toBeGreaterThan(2)
      expect(await on(ours, () => opsOf(ask))).toEqual(['OnesLike', 'LeakyReluGrad'])
      expect(await on(ours, () => [...tf.step(x, 0.5).dataSync()])).toEqual([0.5, 0.5, 1])
    })
  })

  test('a product of many matrices is as before', async () => {
    const [a, b] = [tf.randomNormal([3, 2, 4]), tf.randomNormal([3, 5, 4])]
    const ask = (): readonly number[] => [...tf.matMul(a, b, false, true).dataSync()]
    expect(await on(ours, ask)).toEqual(await on(upstream, ask))
  })
}

if (isInstalled) {
  await succeed(start({ threads: 1 }))
  tests()
} else test.skip(notRun)
