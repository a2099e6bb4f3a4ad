import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { isDue, type Periodic, periodicKey } from '../dynamics/periodic.ts'
import type { InvalidSpec } from '../errors/invalidSpec.ts'
import { createBuilder } from '../ir/builder.ts'
import type { Program } from '../ir/program.ts'
import { lowerRules, simplify } from '../ir/simplify.ts'
import type { GameSpec } from '../spec/spec.ts'
import { type Elaborated, elaborate } from './elaborate.ts'
import { play } from './play.ts'

/** A game ready for a backend. */
export interface Compiled extends Elaborated {
  /**
   * One step of the game, with all that is done at some steps alone. Its metrics are what each player minimises (its
   * objective, or minus it), by player.
   */
  readonly step: Program
  /** What is done at some steps alone. */
  readonly periodic: readonly Periodic[]
  /** One step without some of that. */
  readonly without: (left: readonly Periodic[]) => Program
}

/** The program of each step of a game, by the step's number: steps at which the same is due have the very same one. */
export type Timetable = (step: number) => Program

/**
 * The door of the compiler: a game ready for a backend; left is every mistake in it, each with its place. A game goes
 * through
 *
 * 1. elaborate: shapes, names, parameters with their initialisers, memory, ownership; every mistake is found;
 * 2. play: the dynamics write each player's updates: the objective is lowered (through networks and nested gradients),
 *    differentiated by what the player owns, and handed to the optimizer. A builder with the stabilising rules makes the
 *    nodes, so that log(sigmoid(u)) is -softplus(-u) before any gradient is taken;
 * 3. simplify: constants, common subexpressions, dead code, to a fixed point.
 *
 * @example
 * const compiled = compile(spec)
 * if (compiled._tag === 'Right') console.log(printProgram(compiled.right.step))
 */
export const compile = (game: GameSpec): E.Either<InvalidSpec, Compiled> =>
  pipe(elaborate(game), E.map(compileElaborated))

const compileElaborated = (elaborated: Elaborated): Compiled => {
  const periodic = new Map<string, Periodic>()
  const step = stepOf(elaborated, (each) => {
    periodic.set(periodicKey(each), each)
    return true
  })
  const parts = new Map<string, Program>()
  const without = (left: readonly Periodic[]): Program => {
    const keys = left.map(periodicKey)
    const key = keys.sort().join(' ')
    const part = parts.get(key) ?? stepOf(elaborated, (each) => !keys.includes(periodicKey(each)))
    parts.set(key, part)
    return part
  }
  return { ...elaborated, step, periodic: [...periodic.values()], without }
}

const stepOf = (elaborated: Elaborated, due: (periodic: Periodic) => boolean): Program => {
  const builder = createBuilder(lowerRules)
  const { writes, costs } = play(builder, elaborated, due)
  return simplify(builder.program({ writes, metrics: costs }))
}

export const timetable =
  ({ step: whole, periodic, without }: Pick<Compiled, 'step' | 'periodic' | 'without'>): Timetable =>
  (step) => {
    const left = periodic.filter((each) => !isDue(each, step))
    return left.length === 0 ? whole : without(left)
  }

/** How many steps from `first` on, `most` at most, have the same program. */
export const equalSteps = (programs: Timetable, first: number, most: number): number => {
  const program = programs(first)
  let count = 1
  while (count < most && programs(first + count) === program) count++
  return count
}
