import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { using } from '../backends/core/using.ts'
import { atStep, lastStep } from '../compile/atStep.ts'
import type { Compiled } from '../compile/compile.ts'
import type { PlayerSpec } from '../dsl/objectives/playerSpec.ts'
import { neg } from '../dsl/terms/elementwise.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import type { BackendError } from '../errors/backendError.ts'
import type { NoAnswer } from '../errors/noAnswer.ts'
import type { NotFinite } from '../errors/notFinite.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import { at } from '../ir/present.ts'
import { createDrawSource } from '../run/draws.ts'
import { initialState } from '../run/initialState.ts'
import { createRandom } from '../run/random/random.ts'
import { createSession, type Session } from '../run/session.ts'
import type { GameSpec } from '../spec/spec.ts'
import { askBatches } from './ask.ts'
import { type Estimate, estimate } from './estimate.ts'
import { notMeasured } from './notMeasured.ts'
import { onAverage } from './onAverage.ts'
import { type ReplyOptions, replyGame } from './replyGame.ts'
import type { TrainedGame } from './trained.ts'
import { trainFor } from './trainFor.ts'

/** How far the players of a game are from an equilibrium, from below. */
export interface DualityGap {
  /** How much less each player would pay if it alone changed, to the best reply that was found. */
  readonly regrets: { readonly [player: string]: Estimate }
  /** The sum of the regrets. */
  readonly gap: Estimate
}

type GapSubject = Omit<TrainedGame, 'seed'>

/**
 * The duality gap of a game where it stands: max over one player of V minus min over the other, where two play for V
 * (Grnarova et al. 2019, section 3); of any other game the sum of what each player could save alone (Nikaido and Isoda 1955).
 * Each player in turn is trained on from where it is, on a copy, against the others as they are; its costs before and after
 * are measured on other draws (of data that are finite, the same in another order). A best reply may be better than what
 * training finds, so the gap is a lower bound, but for the error of its estimate. How tight it is the steps decide: one near
 * 0 shows an equilibrium only if the replies were good.
 *
 * Networks that stand still, and all that are measured, are in their sampling mode. Left: also that a signal came, or that an
 * objective has memory, which is its player's alone.
 *
 * @example const gap = await dualityGap(trained, { steps: 200, rate: 1e-3, batch: 256, batches: 10, seed: 1 })()
 */
export const dualityGap = (
  trained: GapSubject,
  options: ReplyOptions,
): TE.TaskEither<BackendError | NotFinite | NoAnswer, DualityGap> => {
  const players = standing(trained.compiled.game)
  const remembers = Object.keys(players).find((name) => hasMemory(players[name]?.objective))
  if (remembers !== undefined)
    return TE.left(
      notMeasured(
        `the objective of ${remembers} has memory: what it costs depends on the steps before`,
        'Measure a game whose objectives have no memory.',
      ),
    )
  return pipe(
    Object.entries(players),
    TE.traverseSeqArray(([name, player]) =>
      pipe(
        regretsOf(trained, name, player, options),
        TE.map((regrets) => [name, regrets] as const),
      ),
    ),
    TE.map((regrets) => ({
      regrets: Object.fromEntries(regrets.map(([name, values]) => [name, estimate(values)])),
      gap: estimate(
        summed(
          regrets.map(([, values]) => values),
          options.batches,
        ),
      ),
    })),
  )
}

/** The players where the game stands: on average over the steps, with the schedules of its end. */
const standing = (game: GameSpec): GameSpec['players'] =>
  Object.fromEntries(
    Object.entries(onAverage(game)).map(([name, player]) => [
      name,
      { ...player, objective: atStep(player.objective, lastStep(game), game.steps) },
    ]),
  )

const hasMemory = (objective: Term | undefined): boolean =>
  objective !== undefined && subterms(objective).some(({ op }) => op === 'slot')

/** Sums by batch: the players' costs are measured on the same draws. */
const summed = (all: readonly Float32Array[], batches: number): Float64Array =>
  Float64Array.from({ length: batches }, (_, i) => all.reduce((sum, values) => sum + at(values, i), 0))

/** One player's costs as it is minus those after its reply, by batch. */
const regretsOf = (
  trained: GapSubject,
  name: string,
  player: PlayerSpec,
  options: ReplyOptions,
): TE.TaskEither<BackendError | NotFinite | NoAnswer, Float32Array> => {
  const { backend, dataSources, state } = trained
  const game = replyGame(trained.compiled.game, name, player, options)
  const random = createRandom()
  const drawSource = createDrawSource(random, options.seed, dataSources)
  const start = { ...initialState(game.state, options.seed, random), ...kept(game, state) }
  const cost = player.goal === 'minimise' ? player.objective : neg({ term: player.objective }).term
  const measure = ({ store }: Session) =>
    pipe(
      askBatches({ elaborated: game, store, drawSource }, { cost }, options),
      TE.map(({ cost: paid }) => paid),
    )
  return using(createSession(game, backend, drawSource, start, 0), (session) =>
    pipe(
      TE.Do,
      TE.bind('before', () => measure(session)),
      TE.tap(() => trainFor(game, session, options)),
      TE.filterOrElseW(
        () => options.signal?.aborted !== true,
        () => notMeasured('interrupted', 'Measure again, and let it come to its end.'),
      ),
      TE.bindW('after', () => measure(session)),
      TE.map(({ before, after }) => before.map((value, i) => value - at(after, i))),
    ),
  )
}

/** What a reply starts from: all of the trained state that it has, but for what its optimizer remembers. */
const kept = (game: Compiled, state: HostTensors): HostTensors =>
  Object.fromEntries(
    game.state.flatMap(({ id, name }) => {
      const value = id.role === 'memory' ? undefined : state[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
