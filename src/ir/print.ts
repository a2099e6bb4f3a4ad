import { keyOf } from './key.ts'
import { showOrigin } from './origin.ts'
import type { Node, NodeId, Program, Shape } from './program.ts'

const shape = (of: Shape): string => `[${of.join(', ')}]`

const param = (value: unknown): string => {
  const text = keyOf(value)
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`
}

const listed = (node: Node, id: number): string => {
  const inputs = node.inputs.map((input) => `%${input}`)
  const params = Object.entries(node.params)
    .filter(([name]) => name !== 'shape')
    .map(([name, value]) => `${name}: ${param(value)}`)
  return `%${id} = ${node.op}(${[...inputs, ...params].join(', ')}) : ${shape(node.shape)}`
}

const named = (title: string, ids: { readonly [name: string]: NodeId }): readonly string[] =>
  Object.entries(ids).map(([name, id]) => `${title} ${name} = %${id}`)

/**
 * A readable listing of a program: its draws, its nodes with shapes and origins, then its writes and metrics.
 *
 * @example
 * const compiled = compile(spec)
 * if (compiled._tag === 'Right') console.log(printProgram(compiled.right.step))
 */
export const print = (program: Program): string => {
  const draws = Object.entries(program.draws).map(
    ([name, draw]) => `draw ${name} : ${shape(draw.shape)} from ${param(draw.origin)}`,
  )
  const nodes = program.nodes.flatMap((node, i) => {
    const origin = showOrigin(node.origin)
    const before = program.nodes[i - 1]
    const changed = origin !== '' && (before === undefined || showOrigin(before.origin) !== origin)
    return changed ? [`# ${origin}`, listed(node, i)] : [listed(node, i)]
  })
  return [...draws, ...nodes, ...named('write', program.writes), ...named('metric', program.metrics), ''].join('\n')
}
