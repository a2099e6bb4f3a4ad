import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend, BackendError, HostTensors } from '../backends/backend.ts'
import { type Compiled, compile } from '../compile/compile.ts'
import type { Elaborated } from '../compile/elaborate.ts'
import type { Roles } from '../compile/roles.ts'
import { mul, sub } from '../dsl/elementwise.ts'
import { maximise, simultaneous } from '../dsl/player.ts'
import type { GameSpec } from '../dsl/spec.ts'
import type { Term } from '../dsl/term.ts'
import { updates } from '../dsl/variables.ts'
import { adam } from '../optimizers/adam.ts'
import type { Suppliers } from '../training/datasets.ts'
import type { NotFinite } from '../training/diagnose.ts'
import { createFeeder, type Feeder } from '../training/draws.ts'
import { initialState } from '../training/initialState.ts'
import { createRandom } from '../training/random/random.ts'
import { createSession, type Session } from '../training/session.ts'
import { askBatches } from './ask.ts'
import { equilibriumValue, textbookValue } from './textbookValue.ts'

export interface BestReplyOptions {
  /** Steps of Adam at most. One costs about what the discriminator's update of the game does. */
  readonly steps: number
  /** Seconds that training may take by the time of its first steps: fewer steps, where so many would take longer. */
  readonly seconds?: number
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

/** A mean over fresh draws, in nats, and its standard error. */
export interface Estimate {
  readonly value: number
  readonly standardError: number
}

/** What V the generator allows: its supremum over all D, from below. */
export interface BestReply {
  /** With a critic of the game's architecture, trained afresh against the frozen generator: a lower bound of the supremum. */
  readonly fresh: Estimate
  /** With the game's own critic, as it was trained. */
  readonly trained: Estimate
  /** The value at p_g = p_data. */
  readonly equilibrium: number
  /** Steps that the fresh critic was trained. */
  readonly steps: number
}

const player = 'bestReply'

/**
 * The game in which one player trains the critic for the textbook value, and everything else stands still: networks that
 * no player owns are frozen, in their sampling mode. Left: why there is none.
 */
export const bestReplyGame = (
  elaborated: Elaborated,
  roles: Roles,
  { steps, rate, batch, seed }: Pick<BestReplyOptions, 'steps' | 'rate' | 'batch' | 'seed'>,
): E.Either<string, GameSpec> =>
  pipe(
    textbookValue(elaborated, roles),
    E.map((value) => ({
      networks: elaborated.game.networks,
      sources: elaborated.game.sources,
      players: { [player]: maximise(value, roles.critic) },
      dynamics: simultaneous,
      // Falls to zero, so that no step's noise is left in the critic that is measured.
      optimizers: { [player]: adam({ lr: mul(rate, sub(1, mul(1 / steps, updates))) }) },
      batch,
      steps,
      seed,
    })),
  )

interface Asked {
  readonly compiled: Compiled
  readonly roles: Roles
  readonly backend: Backend
  readonly suppliers: Suppliers
  /** The trained game's. */
  readonly state: HostTensors
}

/** Trains a fresh critic against the frozen rest of a game, and measures V with it and with the game's own. */
export const bestReply = (
  asked: Asked,
  options: BestReplyOptions,
): TE.TaskEither<BackendError | NotFinite | string, BestReply> =>
  pipe(
    TE.Do,
    TE.bind('steps', () => plannedSteps(asked, options)),
    TE.flatMap(({ steps }) =>
      withReply(asked, { ...options, steps }, (reply) =>
        pipe(
          TE.Do,
          TE.bind('steps', () => trainFor(reply.session, { ...options, steps })),
          TE.bindW('fresh', () => measure(reply, options)),
          TE.tap(() => reply.session.store.write(tensorsOf(asked.compiled, asked.roles.critic, asked.state))),
          TE.bindW('trained', () => measure(reply, options)),
          TE.map((measured) => ({ ...measured, equilibrium: equilibriumValue })),
        ),
      ),
    ),
  )

interface Reply {
  readonly compiled: Compiled
  readonly value: Term
  readonly session: Session
  readonly feeder: Feeder
}

/** Does something with the game of a best reply before its first step. */
const withReply = <A>(
  { compiled, roles, backend, suppliers, state }: Asked,
  options: BestReplyOptions,
  use: (reply: Reply) => TE.TaskEither<BackendError | NotFinite, A>,
): TE.TaskEither<BackendError | NotFinite | string, A> => {
  const game = bestReplyGame(compiled, roles, options)
  if (E.isLeft(game)) return TE.left(game.left)
  const reply = compiledReply(game.right)
  const value = reply.game.players[player]?.objective
  if (value === undefined) throw new Error('broken invariant: a best reply without its player')
  const random = createRandom()
  const feeder = createFeeder(random, options.seed, suppliers)
  const frozen = Object.keys(compiled.networks).filter((name) => name !== roles.critic)
  const start: HostTensors = Object.assign(
    { ...initialState(reply.state, options.seed, random) },
    ...frozen.map((name) => tensorsOf(compiled, name, state)),
  )
  return TE.bracket<BackendError | NotFinite | string, Session, A>(
    createSession(reply, backend, feeder, start, 0),
    (session) => use({ compiled: reply, value, session, feeder }),
    ({ dispose }) => TE.fromIO(dispose),
  )
}

const compiledReply = (game: GameSpec): Compiled => {
  const result = compile(game)
  if (E.isLeft(result)) throw new Error(`broken invariant: the best reply's game: ${JSON.stringify(result.left)}`)
  return result.right
}

const measure = ({ compiled, value, session, feeder }: Reply, options: BestReplyOptions) =>
  pipe(
    askBatches({ elaborated: compiled, store: session.store, feeder }, { value }, options),
    TE.map((answers) => estimate(answers.value ?? new Float32Array(0))),
  )

/** Steps that fit into the time, if the first are like the rest: the rate's fall is planned for so many. */
const plannedSteps = (
  asked: Asked,
  options: BestReplyOptions,
): TE.TaskEither<BackendError | NotFinite | string, number> => {
  const { steps, seconds } = options
  if (seconds === undefined) return TE.right(steps)
  return withReply(asked, options, ({ session }) => async () => {
    const warm = await session.run(2)()
    if (E.isLeft(warm)) return warm
    const start = performance.now()
    const timed = await session.run(8)()
    const perStep = (performance.now() - start) / 8
    return E.isLeft(timed) ? timed : E.right(Math.min(steps, Math.max(1, Math.floor((1000 * seconds) / perStep))))
  })
}

/** A network's parameters and running statistics. */
const tensorsOf = ({ networks }: Elaborated, network: string, state: HostTensors): HostTensors =>
  Object.fromEntries(
    (networks[network]?.nodes ?? []).flatMap(({ prefix, parameters, slots }) =>
      [...Object.keys(parameters), ...Object.keys(slots)].map((name) => {
        const tensor = state[`${prefix}/${name}`]
        if (tensor === undefined) throw new Error(`broken invariant: no ${prefix}/${name} in the game's state`)
        return [`${prefix}/${name}`, tensor]
      }),
    ),
  )

/** Milliseconds that one call may take: between calls there is progress, and a signal is seen. */
const chunkTime = 200

const trainFor =
  (
    session: Session,
    { steps, onProgress, signal }: BestReplyOptions,
  ): TE.TaskEither<BackendError | NotFinite, number> =>
  async () => {
    let count = 1
    while (session.step() < steps && signal?.aborted !== true) {
      const before = performance.now()
      const result = await session.run(Math.min(count, steps - session.step()))()
      if (E.isLeft(result)) return result
      const took = Math.max(performance.now() - before, 0.1)
      count = Math.max(1, Math.min(2 * count, Math.floor((count * chunkTime) / took)))
      onProgress?.(session.step())
    }
    return E.right(session.step())
  }

/** The mean of values that were drawn alike, and the standard error of that mean. */
export const estimate = (values: Float32Array): Estimate => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1)
  return { value: mean, standardError: Math.sqrt(variance / values.length) }
}
