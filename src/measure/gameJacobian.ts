import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Executable } from '../backends/core/backend.ts'
import { using } from '../backends/core/using.ts'
import type { Compiled } from '../compile/compile.ts'
import { ownedParameters } from '../compile/elaborate.ts'
import { compileJacobian, directionDraw, fieldMetric, rowMetric } from '../compile/jacobian.ts'
import type { BackendError } from '../errors/backendError.ts'
import type { NoAnswer } from '../errors/noAnswer.ts'
import type { Floats } from '../ir/hostTensor.ts'
import { at, present } from '../ir/present.ts'
import { type Program, type Shape, size } from '../ir/program.ts'
import type { DrawSource } from '../run/draws.ts'
import { notMeasured } from './notMeasured.ts'
import { onAverage } from './onAverage.ts'
import { type Complex, eigenvalues } from './spectrum.ts'
import type { TrainedGame } from './trained.ts'

/** A parameter's part of the game's vectors: from `first` on, as many numbers as its shape holds. */
export interface Coordinates {
  readonly name: string
  readonly shape: Shape
  readonly first: number
  /** Who moves it. */
  readonly players: readonly string[]
}

/** A game's vector field and its derivative at a point. */
export interface GameJacobian {
  readonly parameters: readonly Coordinates[]
  /** v: each player's gradient of its own cost by its own parameters. 0 at an equilibrium. */
  readonly field: Float64Array
  /** J by its rows: `matrix[i][j]` is the derivative of v's number i by parameter j. */
  readonly matrix: readonly Float64Array[]
  /** Of J. Where all real parts are above 0, small enough gradient steps come nearer (Mescheder et al. 2018, whose field is -v). */
  readonly eigenvalues: readonly Complex[]
}

/** On which draws a game's Jacobian is made. */
export interface JacobianOptions {
  /** Fresh draws, each of a batch, over which v and J are averaged: 1 where absent. */
  readonly batches?: number
  /** The step whose schedules hold, and whose draws are the first: the game's last where absent. */
  readonly step?: number
}

type JacobianSubject = Pick<TrainedGame, 'compiled' | 'backend' | 'state'> & { readonly drawSource: DrawSource }

/** Parameters of the largest Jacobian: one of 600 rows takes some seconds. */
const mostParameters = 600

/**
 * A game's Jacobian (which Balduzzi et al. 2018 call its Hessian, section 2) where it stands, through second-order gradients,
 * row by row: what is drawn is the same for each row. Left: also that the game has too many parameters, or that it is not
 * finite.
 *
 * @example const jacobian = await gameJacobian(trained, { batches: 4 })()
 */
export const gameJacobian = (
  { compiled, backend, drawSource, state }: JacobianSubject,
  { batches = 1, step = compiled.game.steps }: JacobianOptions = {},
): TE.TaskEither<BackendError | NoAnswer, GameJacobian> => {
  const parameters = coordinates(compiled)
  const count = countOf(parameters)
  if (count > mostParameters)
    return TE.left(
      notMeasured(
        `the game has ${count} parameters: its Jacobian is made for up to ${mostParameters}`,
        'Use smaller networks: each parameter is a row.',
      ),
    )
  const program = compileJacobian({ ...compiled, game: { ...compiled.game, players: onAverage(compiled.game) } })
  const draws = Array.from({ length: batches }, (_, i) => drawSource(program, step + i, 1))
  const row = (executable: Executable, i: number) =>
    pipe(
      draws,
      TE.traverseSeqArray((drawn) =>
        executable.run({ first: step, count: 1, draws: { ...drawn, ...directions(parameters, i) } }),
      ),
      TE.map((answers) => ({
        field: averaged(parameters, answers, fieldMetric),
        row: averaged(parameters, answers, rowMetric),
      })),
    )
  return pipe(
    runOn({ backend, state, program }, (executable) =>
      pipe(
        Array.from({ length: count }, (_, i) => i),
        TE.traverseSeqArray((i) => row(executable, i)),
      ),
    ),
    TE.filterOrElseW(
      (rows) => rows.every((each) => each.row.every(Number.isFinite)),
      () => notMeasured('the Jacobian is not finite here', 'Ask at another state, or bound what the players minimise.'),
    ),
    TE.map((rows) => ({
      parameters,
      field: rows[0]?.field ?? new Float64Array(0),
      matrix: rows.map((each) => each.row),
    })),
    TE.let('eigenvalues', ({ matrix }) => eigenvalues(matrix)),
  )
}

/** Does something with a program over a state of its own. */
const runOn = <A>(
  { backend, state, program }: Pick<JacobianSubject, 'backend' | 'state'> & { readonly program: Program },
  use: (executable: Executable) => TE.TaskEither<BackendError, A>,
): TE.TaskEither<BackendError, A> => using(backend.store(state), (store) => using(store.compile(program), use))

/** All parameters that someone owns, each once, in the order of the players. */
const coordinates = (compiled: Compiled): readonly Coordinates[] => {
  const found = new Map<string, Coordinates>()
  for (const [player, spec] of Object.entries(compiled.game.players))
    for (const { name, spec: tensor } of ownedParameters(compiled, spec)) {
      const known = found.get(name) ?? { name, shape: tensor.shape, first: countOf([...found.values()]), players: [] }
      found.set(name, { ...known, players: [...known.players, player] })
    }
  return [...found.values()]
}

const countOf = (parameters: readonly Coordinates[]): number =>
  parameters.reduce((sum, { shape }) => sum + size(shape), 0)

/** The `i`th unit vector, parameter by parameter. */
const directions = (parameters: readonly Coordinates[], i: number): { readonly [draw: string]: Float32Array } =>
  Object.fromEntries(
    parameters.map(({ name, shape, first }) => [
      directionDraw(name),
      new Float32Array(size(shape)).map((_, j) => (first + j === i ? 1 : 0)),
    ]),
  )

/** One vector of all parameters, the mean of the answers. */
const averaged = (
  parameters: readonly Coordinates[],
  answers: readonly { readonly [metric: string]: Floats }[],
  metric: (parameter: string) => string,
): Float64Array => {
  const mean = new Float64Array(countOf(parameters))
  for (const { name, shape, first } of parameters)
    for (let j = 0; j < size(shape); j++)
      mean[first + j] =
        answers.reduce((sum, answer) => sum + at(present(answer[metric(name)], name), j), 0) / answers.length
  return mean
}
