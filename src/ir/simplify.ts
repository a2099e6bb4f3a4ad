import { createBuilder } from './builder.ts'
import { keyOf } from './key.ts'
import { again, withInputs } from './node.ts'
import { at } from './present.ts'
import type { NodeId, Program } from './program.ts'
import type { Rule } from './rule.ts'
import { arithmeticRules } from './rules/arithmetic.ts'
import { factorRules } from './rules/factors.ts'
import { movementRules } from './rules/movement.ts'
import { selectRules } from './rules/select.ts'
import { stabiliseRules } from './rules/stabilise.ts'

/** A finished program is not differentiated again, so the ops that guide differentiation are removed. */
const eraseRule: Rule = {
  name: 'stopGradient and barrier are identities',
  ops: ['stopGradient', 'barrier'],
  apply: (_, { inputs: [x] }) => x,
}

/** The rules for building a program before its gradients are taken. */
export const lowerRules: readonly Rule[] = [...stabiliseRules, ...arithmeticRules, ...selectRules, ...movementRules]

/** All simplification rules. Each has its own test. */
export const simplifyRules: readonly Rule[] = [eraseRule, ...lowerRules, ...factorRules]

/** Applies the rules until nothing changes, then drops unused nodes, draws and state. */
export const simplify = (program: Program, rules: readonly Rule[] = simplifyRules): Program => {
  const next = withoutDeadCode(rewrite(program, rules))
  return sameNodes(next, program) ? next : simplify(next, rules)
}

const sameNodes = (a: Program, b: Program): boolean =>
  a.nodes.length === b.nodes.length &&
  a.nodes.every((node, i) => {
    const other = at(b.nodes, i)
    return node.op === other.op && sameInputs(node.inputs, other.inputs) && sameParams(node.params, other.params)
  })

const sameInputs = (a: readonly NodeId[], b: readonly NodeId[]): boolean =>
  a.length === b.length && a.every((id, i) => id === b[i])

/** Whether params are equal. A node that no rule changes keeps the same object, which is checked first. */
const sameParams = (a: unknown, b: unknown): boolean => a === b || keyOf(a) === keyOf(b)

const rewrite = (program: Program, rules: readonly Rule[]): Program => {
  const builder = createBuilder(rules)
  const moved: NodeId[] = []
  const move = (id: NodeId): NodeId => at(moved, id)
  for (const node of program.nodes) moved.push(again(builder, node, node.inputs.map(move)))
  const { nodes, state } = builder.program({ writes: ids(program.writes, move), metrics: ids(program.metrics, move) })
  return { nodes, state, draws: program.draws, writes: ids(program.writes, move), metrics: ids(program.metrics, move) }
}

type Ids = { readonly [name: string]: NodeId }

const ids = (named: Ids, move: (id: NodeId) => NodeId): Ids =>
  Object.fromEntries(Object.entries(named).map(([name, id]) => [name, move(id)]))

const isSelfWrite = (program: Program, name: string, id: NodeId): boolean => {
  const node = at(program.nodes, id)
  return node.op === 'state' && node.params.name === name
}

/** Drops nodes that no write or metric depends on. Drops writes of a state tensor's own value. */
export const withoutDeadCode = (program: Program): Program => {
  const writes = Object.fromEntries(
    Object.entries(program.writes).filter(([name, id]) => !isSelfWrite(program, name, id)),
  )
  const live = new Set<NodeId>([...Object.values(writes), ...Object.values(program.metrics)])
  for (const id of live) for (const input of at(program.nodes, id).inputs) live.add(input)
  const kept = [...live].sort((a, b) => a - b)
  const places = new Map(kept.map((id, i) => [id, i as NodeId]))
  const move = (id: NodeId): NodeId => {
    const place = places.get(id)
    if (place === undefined) throw new Error(`broken invariant: node ${id} is read but not kept`)
    return place
  }
  const nodes = kept.map((id) => {
    const node = at(program.nodes, id)
    return withInputs(node, node.inputs.map(move))
  })
  const names = (op: 'state' | 'draw'): ReadonlySet<string> =>
    new Set(nodes.flatMap((node) => (node.op === op && 'name' in node.params ? [node.params.name] : [])))
  const [reads, draws] = [names('state'), names('draw')]
  const only = <A>(named: { readonly [name: string]: A }, keep: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(named).filter(([name]) => keep(name)))
  return {
    nodes,
    state: only(program.state, (name) => reads.has(name) || name in writes),
    draws: only(program.draws, (name) => draws.has(name)),
    writes: ids(writes, move),
    metrics: ids(program.metrics, move),
  }
}
