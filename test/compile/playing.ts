import * as E from '#fp-ts/Either'
import { type Compiled, compile, timetable } from '../../src/compile/compile.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { showError } from '../../src/errors/failure.ts'
import type { SpecError } from '../../src/errors/specError.ts'
import { evaluate, type Result, type Values } from '../../src/ir/evaluate.ts'
import { type Program, size } from '../../src/ir/program.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { direction } from '../laws/meaning.ts'

export const compiled = (game: GameSpec): Compiled => {
  const result = compile(game)
  if (E.isLeft(result)) throw new Error(showError(result.left))
  return result.right
}

/** All that is wrong with a game. */
export const errorsOf = (game: GameSpec): readonly SpecError[] => {
  const result = compile(game)
  return E.isLeft(result) ? result.left.errors : []
}

/** Some state: parameters without a pattern between -scale and scale, memory as it starts. */
export const someState = ({ state }: Pick<Compiled, 'state'>, seed = 1, scale = 0.5): Values =>
  Object.fromEntries(
    state.map(({ name, shape, start }, i) => [
      name,
      start.type === 'value'
        ? new Float64Array(size(shape)).fill(start.value)
        : Float64Array.from(direction(shape, seed + i), (x) => scale * x),
    ]),
  )

/** Some values for what a program draws: between 0 and 1 where it is uniform, else between -1 and 1. */
export const someDraws = ({ draws }: Program, seed = 1): Values =>
  Object.fromEntries(
    Object.entries(draws).map(([name, { shape, origin }], i) => [
      name,
      Float64Array.from(direction(shape, 100 * seed + i), (x) => (origin.type === 'uniform' ? (x + 1) / 2 : x)),
    ]),
  )

/** One step of a game in float64. */
export const played = (
  { step: program }: Pick<Compiled, 'step'>,
  state: Values,
  draws: Values = someDraws(program),
  step = 0,
): Result => evaluate(program, { state, draws, step })

/** The states of a game that draws nothing, from the given one on. */
export const trajectory = (game: Compiled, start: Values, steps: number): readonly Values[] => {
  const path = [start]
  for (let step = 0; step < steps; step++) {
    const state = path[step] ?? start
    path.push({ ...state, ...played({ step: timetable(game)(step) }, state, {}, step).state })
  }
  return path
}

export const only = (values: Float64Array | undefined): number => {
  if (values?.length !== 1) throw new Error(`one number, not ${values?.length}`)
  return values[0] ?? Number.NaN
}

/** A game of these players; what is not said is as simple as it can be. */
export const gameOf = (
  parts: Pick<GameSpec, 'networks' | 'players'> & Partial<Omit<GameSpec, 'networks' | 'players'>>,
): GameSpec => ({
  sources: {},
  dynamics: { type: 'simultaneous' },
  optimizers: Object.fromEntries(Object.keys(parts.players).map((name) => [name, sgd({ lr: 0.1 })])),
  batch: 4,
  steps: 1,
  seed: 1,
  ...parts,
})

/** A one-player game that only computes: the objective's value at some state, and at some draws. */
export const computed = (
  objective: Expr,
  { networks, over, ...rest }: Pick<GameSpec, 'networks'> & { readonly over: string } & Partial<GameSpec>,
) => {
  const game = compiled(
    gameOf({ networks, ...rest, players: { p: { goal: 'minimise', objective: objective.term, over: [over] } } }),
  )
  const state = someState(game)
  const draws = someDraws(game.step)
  return { game, state, draws, value: only(played(game, state, draws).metrics.p) }
}
