import { evaluateNode } from './ops/table.ts'
import { at, invariant } from './present.ts'
import { type NodeId, type Program, type Shape, size } from './program.ts'

/** Values by name, row-major. */
export type Values = { readonly [name: string]: Float64Array }

export interface Feed {
  readonly state: Values
  readonly draws: Values
  readonly step: number
}

export interface Result {
  /** The whole state after the step, including tensors that were not written. */
  readonly state: Values
  readonly metrics: Values
}

/**
 * Runs one step of a program in float64. This defines what a program means: every other backend is tested against it.
 * `watch` sees each node's value as it is computed.
 */
export const evaluate = (
  program: Program,
  feed: Feed,
  watch: (id: NodeId, value: Float64Array) => void = () => {},
): Result => {
  const values: Float64Array[] = []
  program.nodes.forEach((node, i) => {
    const value = isLeaf(node.op)
      ? leaf(program, i, feed)
      : evaluateNode(
          node,
          node.inputs.map((input) => at(values, input)),
          node.inputs.map((input) => at(program.nodes, input).shape),
        )
    values.push(value)
    watch(i as NodeId, value)
  })
  const named = (ids: { readonly [name: string]: NodeId }): Values =>
    Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, at(values, id)]))
  return { state: { ...feed.state, ...named(program.writes) }, metrics: named(program.metrics) }
}

const isLeaf = (op: string): boolean => op === 'state' || op === 'draw' || op === 'step'

const leaf = (program: Program, index: number, feed: Feed): Float64Array => {
  const node = at(program.nodes, index)
  if (node.op === 'step') return Float64Array.of(feed.step)
  if (node.op === 'state') return given('state', feed.state, node.params.name, node.shape)
  invariant(node.op === 'draw', () => `${node.op} is no leaf`)
  return given('draw', feed.draws, node.params.name, node.shape)
}

const given = (kind: string, values: Values, name: string, shape: Shape): Float64Array => {
  const value = values[name]
  invariant(
    value !== undefined && value.length === size(shape),
    () => `${kind} ${name} of shape [${shape}] is not given`,
  )
  return value
}
