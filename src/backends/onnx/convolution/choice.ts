import type { Processor } from '../lowering.ts'
import { blocks, hasPhases, turns } from './blocks.ts'
import { area, type Geometry } from './geometry.ts'
import { type Algorithm, algorithmsOf } from './minimal.ts'

/**
 * The algorithms for each op: one matrix product over gathered columns, ONNX's own operators between transpositions, minimal filtering,
 * and for the gradient by the image one product that makes blocks of pixels.
 */
export interface Algorithms {
  readonly conv2d: 'columns' | 'winograd' | 'direct'
  readonly conv2dInput: 'columns' | 'phases' | 'winograd' | 'direct'
  readonly conv2dFilter: 'columns' | 'winograd' | 'direct'
}

export type ConvolutionOp = keyof Algorithms

interface Rule<Way> {
  readonly when: (g: Geometry) => boolean
  readonly algorithm: Way
  readonly reason: string
}

const always = (): boolean => true

const product: Rule<'columns'> = {
  when: ({ kernel, output }) => area(kernel) === 1 || area(output) === 1,
  algorithm: 'columns',
  reason: 'the columns are the image itself, or nearly so: what remains is a product',
}

const fewChannels = (most: number): Rule<'direct'> => ({
  when: ({ channels }) => channels <= most,
  algorithm: 'direct',
  reason: 'a gather that moves so few channels at a time costs more than the product',
})

/** The overhead of a product over blocks, because blocks at the edges are cut. */
const excess = (g: Geometry): number => area(blocks(g)) / area(g.output)

/** Multiplications of the minimal algorithm, by those of one product over all taps. Tiles at the edges may be cut. */
const saving = (g: Geometry): number => {
  const algorithms = algorithmsOf(g)
  if (algorithms === undefined) return 1
  const [down, across] = algorithms
  const along = ({ input, output }: Algorithm, outputs: number): number =>
    input.length * Math.ceil(outputs / output.length)
  return (along(down, g.output[0]) * along(across, g.output[1])) / (area(turns(g)) * area(g.output))
}

const winograd: Rule<'winograd'> = {
  when: (g) => saving(g) < 0.65 && Math.min(g.channels, g.features) >= 16,
  algorithm: 'winograd',
  reason: 'fewer multiplications, and additions over many channels cost less than what they save',
}

type Rules = { readonly [O in ConvolutionOp]: readonly Rule<Algorithms[O]>[] }

/** Measured on onnxruntime 1.30's CPU provider, 4x4 filters of stride 2 and 3x3 of stride 1, 1 to 256 channels, batch 64. */
const onCpu: Rules = {
  conv2d: [
    product,
    fewChannels(3),
    winograd,
    { when: ({ output }) => Math.min(...output) > 14, algorithm: 'direct', reason: 'the columns outgrow the caches' },
    { when: always, algorithm: 'columns', reason: 'one large product is what is fastest' },
  ],
  conv2dInput: [
    product,
    fewChannels(3),
    {
      when: (g) => winograd.when(g) && saving(g) < 0.47 * excess(g),
      algorithm: 'winograd',
      reason: 'fewer multiplications by far: sums over tiles that overlap cost much',
    },
    {
      when: (g) => hasPhases(g) && excess(g) < 1.2 && g.channels >= 16,
      algorithm: 'phases',
      reason: 'one product, hardly larger than it must be, and nothing is left to sum',
    },
    {
      when: ({ output }) => Math.min(...output) > 8,
      algorithm: 'direct',
      reason: 'the columns outgrow the caches, and they are gathered again after the product',
    },
    {
      when: (g) => hasPhases(g) && excess(g) < 1.4 && g.features <= Math.min(64, 2 * g.channels),
      algorithm: 'phases',
      reason: 'a quarter of the numbers is gathered, and nothing is left to sum',
    },
    {
      when: always,
      algorithm: 'columns',
      reason: 'with many features the product is what costs, and cut blocks make it larger',
    },
  ],
  conv2dFilter: [
    product,
    // From 3 channels on, both algorithms take the same time.
    fewChannels(1),
    winograd,
    { when: always, algorithm: 'columns', reason: 'the forward product often made them already' },
  ],
}

const own: Rule<'direct'> = {
  when: always,
  algorithm: 'direct',
  reason: 'a gather waits for memory that the operators of graphics cards do without',
}

/** Measured on onnxruntime 1.30's WebGPU provider, on a graphics card in software alone. */
const onGpu: Rules = { conv2d: [product, own], conv2dInput: [product, own], conv2dFilter: [product, own] }

const rules: { readonly [P in Processor]: Rules } = { cpu: onCpu, gpu: onGpu }

/** The first rule that fits decides. */
export const chooseAlgorithm = <O extends ConvolutionOp>(op: O, g: Geometry, processor: Processor): Algorithms[O] => {
  const rule = rules[processor][op].find(({ when }) => when(g))
  if (rule === undefined) throw new Error(`broken invariant: no rule for ${op}`)
  return rule.algorithm
}
