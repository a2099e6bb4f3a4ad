import type * as Tfjs from '@tensorflow/tfjs-core'
import { size } from '../../../ir/program.ts'

/**
 * From 2000 products to a sum on, tfjs may let several workgroups add to one number as they come, so that a step has other
 * bits each time. Here the sums are told to keep to one workgroup each, in which they have an order.
 */

/** What tfjs calls its ways to do a product, by the flag WEBGPU_MATMUL_PROGRAM_TYPE. */
const ways = { asItLikes: -1, workgroupPerNumber: 0, smallTiles: 2, largeTiles: 3 } as const

const longest = 2000

/** Rows, columns, and products to a sum. A convolution whose filter has the image's size is a product too. */
const extent = ({ inputs, attrs }: Parameters<Tfjs.KernelFunc>[0]) => {
  const left = (inputs.a ?? inputs.x)?.shape ?? []
  const right = (inputs.b ?? inputs.filter)?.shape ?? []
  const inner = inputs.a === undefined ? size(right.slice(0, 3)) : (left.at(attrs?.transposeA === true ? -2 : -1) ?? 1)
  return { inner, rows: size(left) / inner, columns: size(right) / inner }
}

const wayOf = (asked: Parameters<Tfjs.KernelFunc>[0]): number => {
  const { inner, rows, columns } = extent(asked)
  if (inner < longest) return ways.asItLikes
  if (rows * columns <= 128) return ways.workgroupPerNumber
  return Math.ceil(rows / 32) * Math.ceil(columns / 32) <= 16 ? ways.smallTiles : ways.largeTiles
}

const flag = 'WEBGPU_MATMUL_PROGRAM_TYPE'

const products = ['BatchMatMul', '_FusedMatMul', 'Conv2D', 'FusedConv2D']

/** A kernel that computes a product adds in order; others do anyway. */
export const inOrder = (tf: typeof Tfjs, { kernelFunc, ...kernel }: Tfjs.KernelConfig): Tfjs.KernelConfig => {
  if (!products.includes(kernel.kernelName)) return { ...kernel, kernelFunc }
  return {
    ...kernel,
    kernelFunc: (asked) => {
      const before = tf.env().getNumber(flag)
      tf.env().set(flag, wayOf(asked))
      try {
        return kernelFunc(asked)
      } finally {
        tf.env().set(flag, before)
      }
    },
  }
}
