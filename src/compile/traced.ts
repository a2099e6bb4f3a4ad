import { type DrawName, showDraw } from '../dsl/names/drawName.ts'
import { rulesOf } from '../dynamics/dynamics.ts'
import { createBuilder } from '../ir/builder.ts'
import { showOrigin, showOriginOf } from '../ir/origin.ts'
import type { NodeId, Program } from '../ir/program.ts'
import { lowerRules, simplify } from '../ir/simplify.ts'
import { averaged } from './averages.ts'
import type { Elaborated } from './elaborate.ts'
import { movesOf } from './moves.ts'
import type { Scope } from './scope.ts'

/** What a number of a step is: an expression's value, a player's cost, or its gradient by a parameter. */
export interface Traced {
  readonly player: string
  readonly kind: 'value' | 'cost' | 'gradient'
  readonly name: string
  /** Which of the player's updates of the step has this cost or gradient. */
  readonly update: number
}

/** One step of a game that also tells what it computes on its way, as metrics, in the order in which they are made. */
export interface TracedStep {
  readonly program: Program
  readonly metrics: { readonly [metric: string]: Traced }
  /** What each of the program's draws is. */
  readonly draws: ReadonlyMap<string, DrawName>
}

export const tracedStep = (elaborated: Elaborated, due: Scope['due']): TracedStep => {
  const builder = createBuilder(lowerRules)
  const found: (Traced & { readonly node: NodeId })[] = []
  const draws = new Map<string, DrawName>()
  const drawn = (name: DrawName): void => void draws.set(showDraw(name), name)
  const moves = movesOf(builder, elaborated, { due, joins: false, drawn }, (player, cost, gradient, update) => {
    found.push({ player, kind: 'cost', name: 'cost', node: cost, update })
    for (const [name, node] of gradient) found.push({ player, kind: 'gradient', name, node, update })
  })
  const { dynamics } = elaborated.game
  const end = rulesOf(dynamics).play(moves)
  const { nodes } = builder.program({ writes: {}, metrics: {} })
  const all = [...valuesOf(nodes), ...found]
  const named = all.map(({ node, ...traced }, i) => [`trace ${i}`, traced, node] as const)
  const program = builder.program({
    writes: Object.fromEntries([...end, ...averaged(moves, elaborated, end)]),
    metrics: Object.fromEntries(named.map(([metric, , node]) => [metric, node])),
  })
  return {
    program: simplify(program),
    metrics: Object.fromEntries(named.map(([metric, traced]) => [metric, traced])),
    draws,
  }
}

/** The last node that was made for each expression and layer of each player's objective is its value. */
const valuesOf = (nodes: Program['nodes']): readonly (Traced & { readonly node: NodeId })[] => {
  const last = new Map<string, Traced & { readonly node: NodeId }>()
  nodes.forEach(({ origin, op }, i) => {
    const { player, of, derivative } = origin
    const isPlain = op !== 'constant' && op !== 'draw' && op !== 'state'
    if (!isPlain || derivative > 0 || player === undefined || of.type === 'update') return
    last.set(showOrigin(origin), { player, kind: 'value', name: showOriginOf(of), node: i as NodeId, update: 0 })
  })
  return [...last.values()].sort((a, b) => a.node - b.node)
}
