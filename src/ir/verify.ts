import { at } from './ops/op.ts'
import { shapeOf } from './ops/table.ts'
import type { NodeOf, Op, Program } from './program.ts'
import { sameShape, showShape } from './program.ts'

/** What is wrong with a program's form: nothing, unless a pass of ours is broken. Run after each pass in tests. */
export const verify = (program: Program): readonly string[] => [
  ...program.nodes.flatMap((node, i) => nodeProblems(program, node, i)),
  ...endProblems(program),
]

const nodeProblems = <O extends Op>(program: Program, node: NodeOf<O>, i: number): readonly string[] => {
  const late = node.inputs.filter((input) => input >= i)
  if (late.length > 0)
    return [`%${i} ${node.op} reads ${late.map((input) => `%${input}`).join(', ')}, which is not earlier`]
  const shape = shapeOf(
    node.op,
    node.params,
    node.inputs.map((input) => at(program.nodes, input).shape),
  )
  return sameShape(shape, node.shape)
    ? []
    : [`%${i} ${node.op} says ${showShape(node.shape)}, but its inputs make ${showShape(shape)}`]
}

const endProblems = (program: Program): readonly string[] => {
  const reads = program.nodes.flatMap((node, i) => {
    if (node.op === 'state') return declared(`%${i}`, node.shape, program.state[node.params.name], node.params.name)
    if (node.op === 'draw')
      return declared(`%${i}`, node.shape, program.draws[node.params.name]?.shape, node.params.name)
    return []
  })
  const writes = Object.entries(program.writes).flatMap(([name, id]) =>
    declared(`write ${name}`, at(program.nodes, id).shape, program.state[name], name),
  )
  return [...reads, ...writes]
}

const declared = (
  what: string,
  shape: readonly number[],
  as: readonly number[] | undefined,
  name: string,
): readonly string[] => {
  if (as === undefined) return [`${what}: ${name} is not declared`]
  return sameShape(shape, as) ? [] : [`${what}: ${name} is declared ${showShape(as)}, not ${showShape(shape)}`]
}
