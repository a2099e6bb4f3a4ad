import type { GraphNode, Initializer } from './graph.ts'

/** Replacements for operators that the WebGPU provider lacks. Otherwise they would run on the CPU, with copies in both directions. */

const scalar = (name: string, value: number): Initializer => ({
  name,
  type: 'float',
  shape: [],
  values: Float32Array.of(value),
})

/** Takes every number that is no denormal, which a card may take for 0, beyond 1. */
const huge = scalar('huge', 2 ** 127)
const least = scalar('least', -1)
const most = scalar('most', 1)

export const constants: readonly Initializer[] = [huge, least, most]

const node = (like: GraphNode, op: string, inputs: readonly string[], output: string): GraphNode => ({
  name: `${op} for ${like.name}`,
  op,
  inputs,
  outputs: [output],
  attributes: {},
})

const substitutes: { readonly [op: string]: (node: GraphNode) => readonly GraphNode[] } = {
  /** Lowerings only add two operands. */
  Sum: (sum) => sum.outputs.map((output) => node(sum, 'Add', sum.inputs, output)),
  Sign: (sign) =>
    sign.outputs.flatMap((output) => [
      node(sign, 'Mul', [...sign.inputs, huge.name], `${output} large`),
      node(sign, 'Clip', [`${output} large`, least.name, most.name], output),
    ]),
}

export const withoutLacking = (nodes: readonly GraphNode[]): readonly GraphNode[] =>
  nodes.flatMap((each) => substitutes[each.op]?.(each) ?? [each])
