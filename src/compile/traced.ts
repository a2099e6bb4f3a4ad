import { type DrawName, showDraw } from '../dsl/names/drawName.ts'
import { dynamicsOf } from '../dynamics/table.ts'
import { createBuilder } from '../ir/builder.ts'
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
  const end = dynamicsOf(dynamics).play(dynamics, moves)
  const { nodes } = builder.program({ writes: {}, metrics: {} })
  const all = [...valuesOf(nodes, elaborated), ...found]
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
const valuesOf = (nodes: Program['nodes'], { game }: Elaborated): readonly (Traced & { readonly node: NodeId })[] => {
  const last = new Map<string, NodeId>()
  nodes.forEach(({ origin, op }, i) => {
    const isPlain = op !== 'constant' && op !== 'draw' && op !== 'state'
    if (isPlain && !origin.startsWith('gradient of ')) last.set(origin, i as NodeId)
  })
  return [...last]
    .sort(([, a], [, b]) => a - b)
    .flatMap(([origin, node]) => {
      const player = Object.keys(game.players).find((name) => origin.startsWith(`${name}: `))
      const name = origin.slice((player ?? '').length + 2)
      const isUpdate = name.startsWith(`${game.optimizers[player ?? '']?.type} of `)
      return player === undefined || isUpdate ? [] : [{ player, kind: 'value' as const, name, node, update: 0 }]
    })
}
