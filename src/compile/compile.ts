import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type { SpecErrors } from '../dsl/errors.ts'
import type { GameSpec } from '../dsl/spec.ts'
import { createBuilder } from '../ir/builder.ts'
import type { Program } from '../ir/program.ts'
import { lowerRules, simplify } from '../ir/simplify.ts'
import { type Elaborated, elaborate } from './elaborate.ts'
import { play } from './play.ts'

/** A game ready for a backend. */
export interface Compiled extends Elaborated {
  /** One step of the game. Its metrics are what each player minimises (its objective, or minus it), by player. */
  readonly step: Program
}

/**
 * The door of the compiler: a game ready for a backend; left is every mistake in it, each with its place. A game goes
 * through
 *
 * 1. elaborate: shapes, names, parameters with their initialisers, memory, ownership; every mistake is found;
 * 2. play: the dynamics write each player's updates: the objective is lowered (through networks and nested gradients),
 *    differentiated by what the player owns, and handed to the optimizer. A builder with the stabilising rules makes the
 *    nodes, so that log(sigmoid(u)) is -softplus(-u) before any gradient is taken;
 * 3. simplify: constants, common subexpressions, dead code, to a fixed point.
 */
export const compile = (game: GameSpec): E.Either<SpecErrors, Compiled> =>
  pipe(elaborate(game), E.map(compileElaborated))

const compileElaborated = (elaborated: Elaborated): Compiled => {
  const builder = createBuilder(lowerRules)
  const { writes, costs } = play(builder, elaborated)
  return { ...elaborated, step: simplify(builder.program({ writes, metrics: costs })) }
}
