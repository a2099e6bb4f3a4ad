import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend } from '../backends/core/backend.ts'
import { using } from '../backends/core/using.ts'
import { atStep, lastStep } from '../compile/atStep.ts'
import { type Compiled, compile } from '../compile/compile.ts'
import { tensorsOf } from '../compile/elaborate.ts'
import type { Roles } from '../compile/roles.ts'
import type { DataSources } from '../data/datasets.ts'
import { type StateName, showStateName, type TensorName } from '../dsl/names/stateName.ts'
import { maximise } from '../dsl/objectives/player.ts'
import { mul, sub } from '../dsl/terms/elementwise.ts'
import { updates } from '../dsl/terms/variables.ts'
import { simultaneous } from '../dynamics/simultaneous.ts'
import type { BackendError } from '../errors/backendError.ts'
import type { NoAnswer } from '../errors/noAnswer.ts'
import type { NotFinite } from '../errors/notFinite.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import { adam } from '../optimizers/adam.ts'
import { createDrawSource, type DrawSource } from '../run/draws.ts'
import { initialState } from '../run/initialState.ts'
import { createRandom } from '../run/random/random.ts'
import { createSession, type Session } from '../run/session.ts'
import { averagesOf, type GameSpec } from '../spec/spec.ts'
import { askBatches, type Terms } from './ask.ts'
import { type Estimate, estimate } from './estimate.ts'
import { notMeasured } from './notMeasured.ts'
import { constantValue, equilibriumValue, type TextbookValue, textbookValue } from './textbookValue.ts'
import { trainFor } from './trainFor.ts'

export interface BestReplyOptions {
  /** Steps of Adam, at least 1. One costs about what the discriminator's update of the game does. */
  readonly steps: number
  /** Adam's learning rate at first; it falls linearly to 0. */
  readonly rate: number
  /** Samples per draw. */
  readonly batch: number
  /** Batches of fresh draws on which the values are measured. */
  readonly batches: number
  readonly seed: number
  readonly onProgress?: (done: number) => void
  readonly signal?: AbortSignal
}

/** A critic measured on fresh draws: V, and the mean probability that it gives to real and to generated samples. */
export interface Critique extends Estimate {
  readonly real: number
  readonly generated: number
}

/** A value, and whose it is. */
export interface Best extends Estimate {
  readonly of: 'fresh' | 'trained' | 'constant'
}

/** What V the generator allows: its supremum over all D, from below. All values are of the same draws. */
export interface BestReply {
  /** With a critic of the game's architecture, trained afresh against the frozen generator. */
  readonly fresh: Critique
  /** With the game's own critic, as it was trained. */
  readonly trained: Critique
  /** The largest value that was found, and whose it is: a constant D gives -log 4, whatever the generator. */
  readonly best: Best
  /** The value at p_g = p_data. */
  readonly equilibrium: number
  /** Steps that the fresh critic was trained, of so many: fewer where a signal came. */
  readonly steps: number
  readonly planned: number
}

const player = 'bestReply'

/** Batches on which values are measured once a signal came: what is left has to end soon. */
const batchesInHaste = 8

/**
 * The game in which one player trains the critic for a value, and everything else stands still: networks that no player
 * owns are frozen, in their sampling mode. The rate falls to zero, so that no step's noise is left in the critic.
 */
const bestReplyGame = (
  { networks, sources }: GameSpec,
  { critic }: Roles,
  value: TextbookValue['value'],
  { steps, rate, batch, seed }: BestReplyOptions,
): GameSpec => ({
  networks,
  sources,
  players: { [player]: maximise(value, critic) },
  dynamics: simultaneous,
  optimizers: { [player]: adam({ lr: mul(rate, sub(1, mul(1 / steps, updates))) }) },
  batch,
  steps,
  seed,
})

interface Asked {
  readonly compiled: Compiled
  readonly roles: Roles
  readonly backend: Backend
  readonly dataSources: DataSources
  /** The trained game's. */
  readonly state: HostTensors
}

/**
 * Trains a fresh critic against the frozen rest of a game, and measures V with it and with the game's own. The critics are as in
 * training (with statistics of the batch, and dropout); generated samples are made in sampling mode, by averaged weights where
 * the game has them. Left: also why there is no such value, or that a signal came before the first step.
 */
export const bestReply = (
  asked: Asked,
  options: BestReplyOptions,
): TE.TaskEither<BackendError | NotFinite | NoAnswer, BestReply> =>
  withReply(asked, options, (reply) =>
    pipe(
      TE.Do,
      TE.bind('steps', () => trainFor(reply.compiled, reply.session, options)),
      TE.filterOrElseW(
        ({ steps }) => steps > 0,
        () => notMeasured('interrupted', 'Measure again, and let it come to its end.'),
      ),
      TE.let('measured', ({ steps }) =>
        steps === options.steps ? options : { ...options, batches: Math.min(options.batches, batchesInHaste) },
      ),
      TE.bindW('fresh', ({ measured }) => measure(asked.roles, reply, measured)),
      TE.tap(() => reply.session.store.write(weightsOf(asked.compiled, asked.roles.critic, asked.state))),
      TE.bindW('trained', ({ measured }) => measure(asked.roles, reply, measured)),
      TE.map(({ steps, fresh, trained }) => ({
        fresh,
        trained,
        best: bestOf({ fresh, trained }),
        equilibrium: equilibriumValue,
        steps,
        planned: options.steps,
      })),
    ),
  )

/** The largest of what critics and a constant reach. */
export const bestOf = ({ fresh, trained }: Partial<Pick<BestReply, 'fresh' | 'trained'>>): Best => {
  const found = [fresh && best('fresh', fresh), trained && best('trained', trained)]
  return found.reduce<Best>((most, each) => (each !== undefined && each.value > most.value ? each : most), {
    of: 'constant',
    value: constantValue,
    standardError: 0,
  })
}

const best = (of: Best['of'], { value, standardError }: Estimate): Best => ({ of, value, standardError })

interface Reply {
  readonly compiled: Compiled
  readonly terms: Terms<'value' | 'real' | 'generated'>
  readonly session: Session
  readonly drawSource: DrawSource
}

/** Does something with the game of a best reply before its first step. */
const withReply = <A>(
  { compiled, roles, backend, dataSources, state }: Asked,
  options: BestReplyOptions,
  use: (reply: Reply) => TE.TaskEither<BackendError | NotFinite | NoAnswer, A>,
): TE.TaskEither<BackendError | NotFinite | NoAnswer, A> => {
  const textbook = textbookValue(compiled, roles)
  const { game } = compiled
  if (E.isLeft(textbook)) return TE.left(textbook.left)
  // The game stands at its end: its schedules do not run on.
  const standing = ({ term }: TextbookValue['value']) => ({ term: atStep(term, lastStep(game), game.steps) })
  const value = standing(textbook.right.value)
  const [real, generated] = [standing(textbook.right.real), standing(textbook.right.generated)]
  const reply = compiledReply(bestReplyGame(game, roles, value, options))
  const terms = { value: value.term, real: real.term, generated: generated.term }
  const random = createRandom()
  const drawSource = createDrawSource(random, options.seed, dataSources)
  const frozen = Object.keys(compiled.networks).filter((name) => name !== roles.critic)
  const start: HostTensors = Object.assign(
    { ...initialState(reply.state, options.seed, random) },
    ...frozen.map((name) => madeBy(compiled, name, state)),
  )
  return using(createSession(reply, backend, drawSource, start, 0), (session) =>
    use({ compiled: reply, terms, session, drawSource }),
  )
}

const compiledReply = (game: GameSpec): Compiled => {
  const result = compile(game)
  if (E.isLeft(result)) throw new Error(`broken invariant: the best reply's game: ${JSON.stringify(result.left)}`)
  return result.right
}

const measure = (
  { critic }: Roles,
  { compiled, terms, session, drawSource }: Reply,
  { batch, batches }: BestReplyOptions,
): TE.TaskEither<BackendError, Critique> =>
  pipe(
    askBatches({ elaborated: compiled, store: session.store, drawSource }, terms, {
      batch,
      batches,
      playing: [critic],
    }),
    TE.map((answers) => ({
      ...estimate(answers.value),
      real: estimate(answers.real).value,
      generated: estimate(answers.generated).value,
    })),
  )

/** A network's parameters and running statistics; `nameOf` says which tensor of the trained state each of them is. */
const weightsOf = (
  compiled: Compiled,
  network: string,
  state: HostTensors,
  nameOf: (id: TensorName) => StateName = (id) => id,
): HostTensors =>
  Object.fromEntries(
    tensorsOf(compiled, network).map(({ id, name }) => {
      const tensor = state[showStateName(nameOf(id))]
      if (tensor === undefined) throw new Error(`broken invariant: no ${name} in the game's state`)
      return [name, tensor]
    }),
  )

/** A network that makes samples: its averages in the place of its weights, where the game has them. */
const madeBy = (compiled: Compiled, network: string, state: HostTensors): HostTensors =>
  Object.hasOwn(averagesOf(compiled.game), network)
    ? weightsOf(compiled, network, state, (of) => ({ role: 'average', of }))
    : weightsOf(compiled, network, state)
