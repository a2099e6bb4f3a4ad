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
import { updates } from '../dsl/variables.ts'
import { adam } from '../optimizers/adam.ts'
import type { Suppliers } from '../training/datasets.ts'
import type { NotFinite } from '../training/diagnose.ts'
import { createFeeder } from '../training/draws.ts'
import { initialState } from '../training/initialState.ts'
import { createRandom } from '../training/random/random.ts'
import { createSession, type Session } from '../training/session.ts'
import { askBatches, type Subject } from './ask.ts'
import { equilibriumValue, textbookValue } from './textbookValue.ts'

export interface BestReplyOptions {
  /** Steps of Adam at most. One costs about a discriminator's update of the game. */
  readonly steps: number
  /** Seconds of training at most; the number of steps then depends on the machine. */
  readonly seconds?: number
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

const player = 'best reply'

/**
 * The game in which one player trains the critic for the textbook value, and everything else stands still: networks that
 * no player owns are frozen, in their sampling mode. Left: why there is none.
 */
export const bestReplyGame = (
  elaborated: Elaborated,
  roles: Roles,
  { steps, batch, seed }: Pick<BestReplyOptions, 'steps' | 'batch' | 'seed'>,
): E.Either<string, GameSpec> =>
  pipe(
    textbookValue(elaborated, roles),
    E.map((value) => ({
      networks: elaborated.game.networks,
      sources: elaborated.game.sources,
      players: { [player]: maximise(value, roles.critic) },
      dynamics: simultaneous,
      // Falls to zero, so that no step's noise is left in the critic that is measured.
      optimizers: { [player]: adam({ lr: mul(1e-3, sub(1, mul(1 / steps, updates))) }) },
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
): TE.TaskEither<BackendError | NotFinite | string, BestReply> => {
  const game = pipe(
    bestReplyGame(asked.compiled, asked.roles, options),
    E.map((spec) => compiled(compile(spec))),
  )
  return pipe(
    TE.fromEither<BackendError | NotFinite | string, Compiled>(game),
    TE.flatMap((reply) => trainAndMeasure(asked, reply, options)),
  )
}

const compiled = (result: ReturnType<typeof compile>): Compiled => {
  if (E.isLeft(result)) throw new Error(`broken invariant: the best reply's game: ${JSON.stringify(result.left)}`)
  return result.right
}

const trainAndMeasure = (
  { roles, backend, suppliers, state }: Asked,
  reply: Compiled,
  options: BestReplyOptions,
): TE.TaskEither<BackendError | NotFinite, BestReply> => {
  const random = createRandom()
  const feeder = createFeeder(random, options.seed, suppliers)
  const fresh = initialState(reply.state, options.seed, random)
  const own = tensorsOf(reply, roles.critic, state)
  const rest = Object.keys(reply.networks).filter((name) => name !== roles.critic)
  const start = { ...fresh, ...Object.assign({}, ...rest.map((name) => tensorsOf(reply, name, state))) }
  const value = reply.game.players[player]?.objective
  if (value === undefined) throw new Error('broken invariant: a best reply without its player')
  const measure = ({ store }: Session): TE.TaskEither<BackendError, Estimate> => {
    const subject: Subject = { elaborated: reply, store, feeder }
    return pipe(
      askBatches(subject, { value }, options),
      TE.map((answers) => estimate(answers.value ?? new Float32Array(0))),
    )
  }
  return TE.bracket<BackendError | NotFinite, Session, BestReply>(
    createSession(reply, backend, feeder, start, 0),
    (session) =>
      pipe(
        TE.Do,
        TE.bind('steps', () => trainFor(session, options)),
        TE.bindW('fresh', () => measure(session)),
        TE.tap(() => session.store.write(own)),
        TE.bindW('trained', () => measure(session)),
        TE.map((measured) => ({ ...measured, equilibrium: equilibriumValue })),
      ),
    (session) => TE.fromIO(session.dispose),
  )
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
    { steps, seconds = Infinity, onProgress, signal }: BestReplyOptions,
  ): TE.TaskEither<BackendError | NotFinite, number> =>
  async () => {
    const start = performance.now()
    const elapsed = (): number => performance.now() - start
    let count = 1
    while (session.step() < steps && elapsed() < 1000 * seconds && signal?.aborted !== true) {
      const before = elapsed()
      const result = await session.run(Math.min(count, steps - session.step()))()
      if (E.isLeft(result)) return result
      const took = Math.max(elapsed() - before, 0.1)
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
