import { type Origin, showOriginOf } from '../../src/ir/origin.ts'
import type { Node, NodeId, Program, Shape } from '../../src/ir/program.ts'

/** What stands in the origin of a value that was spoiled. */
export const mark = 'spoiled'

/** The same program, but in one step every element of one of its tensors is NaN or an infinity. */
export const poisoned = (program: Program, place: number, step: number, value: number): Program => {
  const nodes: Node[] = []
  const places: NodeId[] = []
  const moved = (id: NodeId): NodeId => places[id] ?? id
  for (const [i, node] of program.nodes.entries()) {
    const text = `${showOriginOf(node.origin.of)} ${mark}`
    const origin: Origin = { ...node.origin, of: { type: 'expression', text } }
    const put = (made: Pick<Node, 'op' | 'params' | 'inputs' | 'shape'>): NodeId => {
      // Op and params belong together at each call below.
      nodes.push({ ...made, origin } as Node)
      return (nodes.length - 1) as NodeId
    }
    const constant = (number: number): NodeId =>
      put({ op: 'constant', params: { shape: [], values: [number] }, inputs: [], shape: [] })
    const scalar: Shape = []
    // A copy of the node's own parameters: only its inputs move.
    nodes.push({ ...node, inputs: node.inputs.map(moved) } as Node)
    const own = (nodes.length - 1) as NodeId
    places.push(own)
    if (i !== place) continue
    const now = put({ op: 'step', params: {}, inputs: [], shape: scalar })
    const isNow = put({ op: 'equal', params: {}, inputs: [now, constant(step)], shape: scalar })
    const chosen = put({
      op: 'select',
      params: {},
      inputs: [isNow, constant(value), constant(0)],
      shape: scalar,
    })
    const { shape } = node
    const spread = put({ op: 'broadcast', params: { shape }, inputs: [chosen], shape })
    places[i] = put({ op: 'add', params: {}, inputs: [own, spread], shape })
  }
  const ends = (named: Program['writes']): Program['writes'] =>
    Object.fromEntries(Object.entries(named).map(([name, id]) => [name, moved(id)]))
  return { ...program, nodes, writes: ends(program.writes), metrics: ends(program.metrics) }
}
