import { area, type Geometry } from './geometry.ts'

export type ConvolutionOp = 'conv2d' | 'conv2dInput' | 'conv2dFilter'

/** As one matrix product over gathered columns, or by ONNX's own operators between transpositions. */
export type Way = 'columns' | 'direct'

interface Rule {
  readonly ops: readonly ConvolutionOp[]
  readonly when: (g: Geometry) => boolean
  readonly way: Way
  readonly reason: string
}

/**
 * The first rule that fits decides. Measured on onnxruntime 1.30's CPU provider, 4x4 filters of stride 2 and 3x3 of stride 1,
 * 1 to 256 channels, batch 64. The filter's gradient is best by columns at any size: often the forward product made them.
 */
const rules: readonly Rule[] = [
  {
    ops: ['conv2d', 'conv2dInput', 'conv2dFilter'],
    when: ({ kernel, output }) => area(kernel) === 1 || area(output) === 1,
    way: 'columns',
    reason: 'the columns are the image itself, or nearly so: what remains is a product',
  },
  {
    ops: ['conv2d', 'conv2dInput'],
    when: ({ channels }) => channels <= 3,
    way: 'direct',
    reason: 'a gather that moves so few channels at a time costs more than the product',
  },
  {
    ops: ['conv2dFilter'],
    when: ({ channels }) => channels === 1,
    way: 'direct',
    reason: 'the same; from 3 channels on both ways take the same time',
  },
  {
    ops: ['conv2d'],
    when: ({ output }) => Math.min(...output) > 14,
    way: 'direct',
    reason: 'the columns outgrow the caches',
  },
  {
    ops: ['conv2dInput'],
    when: ({ output }) => Math.min(...output) > 8,
    way: 'direct',
    reason: 'the same, and they are gathered again after the product',
  },
]

export const chooseWay = (op: ConvolutionOp, g: Geometry): Way =>
  rules.find((rule) => rule.ops.includes(op) && rule.when(g))?.way ?? 'columns'
