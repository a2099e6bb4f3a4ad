import { along, fieldAt } from '../dynamics/field.ts'
import type { Moves, Vector } from '../dynamics/moves.ts'
import { gradientAt } from '../dynamics/vector.ts'
import { createBuilder } from '../ir/builder.ts'
import { gradient } from '../ir/gradient.ts'
import { at } from '../ir/present.ts'
import type { NodeId, Program } from '../ir/program.ts'
import { lowerRules, simplify } from '../ir/simplify.ts'
import type { Elaborated } from './elaborate.ts'
import { movesOf } from './moves.ts'
import { givenDraw } from './query.ts'

/** Metrics and draws of the program, by the name of a parameter. */
export const fieldMetric = (parameter: string): string => `field/${parameter}`
export const rowMetric = (parameter: string): string => `row/${parameter}`
export const directionDraw = (parameter: string): string => givenDraw(`direction/${parameter}`)

/**
 * A program that only asks: a game's vector field v at its present parameters, in which each player's gradient of its cost
 * by its own parameters stands, and J'u, its Jacobian's product with a direction u that the host gives for each parameter.
 * What two players' costs ask of one parameter is summed. Layers are as in training; what is drawn, each player draws as in
 * its first update of a step.
 */
export const compileJacobian = (elaborated: Elaborated): Program => {
  const b = createBuilder(lowerRules)
  const moves: Moves = movesOf(b, elaborated, { due: () => true }, () => {})
  const field = fieldAt(moves, moves.start, '0')
  const directions: Vector = new Map(
    field.parameters.map((name) => [
      name,
      b.draw(directionDraw(name), { shape: b.shape(moves.read(field.here, name)), origin: { type: 'given' } }),
    ]),
  )
  const projected = along(b, field, () => directions)
  const rows = gradientAt(moves, projected, field.here, field.parameters)
  // v'u is linear in u, and v is its derivative by u.
  const slopes = gradient(b, projected, [...directions.values()])
  const metrics: readonly (readonly [string, NodeId])[] = [
    ...field.parameters.map((name, i) => [fieldMetric(name), at(slopes, i)] as const),
    ...[...rows].map(([name, row]) => [rowMetric(name), row] as const),
  ]
  return simplify(b.program({ writes: {}, metrics: Object.fromEntries(metrics) }))
}
