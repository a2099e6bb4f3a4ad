import { shapeOf } from './ops/table.ts'
import { at } from './present.ts'
import type { NodeId, NodeOf, Op, Program, Shape } from './program.ts'
import { sameShape, showShape } from './program.ts'

/** The errors in a program's form. Empty unless a compiler pass has a bug. Tests run it after each pass. */
export const verify = (program: Program): readonly string[] => [
  ...program.nodes.flatMap((node, i) => nodeProblems(program, node, i)),
  ...program.nodes.flatMap((node, i) => leafProblems(program, node, i)),
  ...endProblems(program, 'write', program.writes),
  ...endProblems(program, 'metric', program.metrics),
]

const nodeProblems = <O extends Op>(program: Program, node: NodeOf<O>, i: number): readonly string[] => {
  const strange = node.inputs.filter((input) => !Number.isInteger(input) || input < 0 || input >= i)
  if (strange.length > 0)
    return [`%${i} ${node.op} reads ${strange.map((input) => `%${input}`).join(', ')}, which is not earlier`]
  const shape = shapeOrProblem(program, node)
  if (typeof shape === 'string') return [`%${i} ${shape}`]
  return sameShape(shape, node.shape)
    ? []
    : [`%${i} ${node.op} says ${showShape(node.shape)}, but its inputs make ${showShape(shape)}`]
}

/** The shape of a node, or the message of its shape rule, which throws on operands that do not fit. */
const shapeOrProblem = <O extends Op>(program: Program, node: NodeOf<O>): Shape | string => {
  try {
    return shapeOf(
      node.op,
      node.params,
      node.inputs.map((input) => at(program.nodes, input).shape),
    )
  } catch (error) {
    return String(error)
  }
}

const leafProblems = (program: Program, node: Program['nodes'][number], i: number): readonly string[] => {
  if (node.op === 'state') return declared(`%${i}`, node.shape, program.state[node.params.name], node.params.name)
  if (node.op === 'draw') return declared(`%${i}`, node.shape, program.draws[node.params.name]?.shape, node.params.name)
  return []
}

const endProblems = (
  program: Program,
  kind: 'write' | 'metric',
  ends: { readonly [name: string]: NodeId },
): readonly string[] =>
  Object.entries(ends).flatMap(([name, id]) => {
    const node = program.nodes[id]
    if (node === undefined) return [`${kind} ${name}: there is no node %${id}`]
    return kind === 'write' ? declared(`write ${name}`, node.shape, program.state[name], name) : []
  })

const declared = (what: string, shape: Shape, as: Shape | undefined, name: string): readonly string[] => {
  if (as === undefined) return [`${what}: ${name} is not declared`]
  return sameShape(shape, as) ? [] : [`${what}: ${name} is declared ${showShape(as)}, not ${showShape(shape)}`]
}
