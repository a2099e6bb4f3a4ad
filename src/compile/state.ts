import { type StateName, showStateName } from '../dsl/names/stateName.ts'
import type { PlayerSpec } from '../dsl/objectives/playerSpec.ts'
import type { Point } from '../dynamics/moves.ts'
import type { Builder } from '../ir/builder.ts'
import { present } from '../ir/present.ts'
import type { NodeId, Shape } from '../ir/program.ts'
import type { Elaborated } from './elaborate.ts'

/** The state at a point: what has changed since the start of the step, else what was there then. */
export const readState =
  (builder: Builder, point: Point) =>
  (id: StateName, shape: Shape): NodeId =>
    readNamed(builder, point)(showStateName(id), shape)

/** The same, of a tensor by the text of its name. */
export const readNamed =
  (builder: Builder, point: Point) =>
  (name: string, shape: Shape): NodeId =>
    point.get(name) ?? builder.state(name, shape)

export const playerOf = ({ game }: Elaborated, name: string): PlayerSpec =>
  present(game.players[name], `player ${name}`)
