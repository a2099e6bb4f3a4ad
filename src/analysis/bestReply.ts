import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend, BackendError, HostTensors } from '../backends/backend.ts'
import { type Compiled, compile } from '../compile/compile.ts'
import type { Elaborated } from '../compile/elaborate.ts'
import type { Roles } from '../compile/roles.ts'
import { simultaneous } from '../dsl/dynamics.ts'
import { mul, sub } from '../dsl/elementwise.ts'
import { maximise } from '../dsl/player.ts'
import type { GameSpec } from '../dsl/spec.ts'
import { updates } from '../dsl/variables.ts'
import { adam } from '../optimizers/adam.ts'
import type { Suppliers } from '../training/datasets.ts'
import type { NotFinite } from '../training/diagnose.ts'
import { createFeeder, type Feeder } from '../training/draws.ts'
import { initialState } from '../training/initialState.ts'
import { createRandom } from '../training/random/random.ts'
import { createSession, type Session } from '../training/session.ts'
import { askBatches, type Terms } from './ask.ts'
import { type Estimate, estimate } from './estimate.ts'
import { equilibriumValue, type TextbookValue, textbookValue } from './textbookValue.ts'
import { trainFor } from './trainFor.ts'

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

/** A critic measured on fresh draws: V, and the mean probability that it gives to real and to generated samples. */
export interface Critique extends Estimate {
  readonly real: number
  readonly generated: number
}

/** What V the generator allows: its supremum over all D, from below. */
export interface BestReply {
  /** With a critic of the game's architecture, trained afresh against the frozen generator: a lower bound of the supremum. */
  readonly fresh: Critique
  /** With the game's own critic, as it was trained. */
  readonly trained: Critique
  /** The value at p_g = p_data. */
  readonly equilibrium: number
  /** Steps that the fresh critic was trained. */
  readonly steps: number
}

const player = 'bestReply'

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
  readonly suppliers: Suppliers
  /** The trained game's. */
  readonly state: HostTensors
}

/**
 * Trains a fresh critic against the frozen rest of a game, and measures V with it and with the game's own. Left: also why
 * there is no such value, or that a signal came first.
 */
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
          TE.bind('steps', () => trainFor(reply.compiled, reply.session, { ...options, steps })),
          TE.filterOrElseW(
            () => options.signal?.aborted !== true,
            () => 'interrupted',
          ),
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
  readonly terms: Terms
  readonly session: Session
  readonly feeder: Feeder
}

/** Does something with the game of a best reply before its first step. */
const withReply = <A>(
  { compiled, roles, backend, suppliers, state }: Asked,
  options: BestReplyOptions,
  use: (reply: Reply) => TE.TaskEither<BackendError | NotFinite | string, A>,
): TE.TaskEither<BackendError | NotFinite | string, A> => {
  const textbook = textbookValue(compiled, roles)
  if (E.isLeft(textbook)) return TE.left(textbook.left)
  const { value, real, generated } = textbook.right
  const reply = compiledReply(bestReplyGame(compiled.game, roles, value, options))
  const terms = { value: value.term, real: real.term, generated: generated.term }
  const random = createRandom()
  const feeder = createFeeder(random, options.seed, suppliers)
  const frozen = Object.keys(compiled.networks).filter((name) => name !== roles.critic)
  const start: HostTensors = Object.assign(
    { ...initialState(reply.state, options.seed, random) },
    ...frozen.map((name) => tensorsOf(compiled, name, state)),
  )
  return TE.bracket<BackendError | NotFinite | string, Session, A>(
    createSession(reply, backend, feeder, start, 0),
    (session) => use({ compiled: reply, terms, session, feeder }),
    ({ dispose }) => TE.fromIO(dispose),
  )
}

const compiledReply = (game: GameSpec): Compiled => {
  const result = compile(game)
  if (E.isLeft(result)) throw new Error(`broken invariant: the best reply's game: ${JSON.stringify(result.left)}`)
  return result.right
}

const measure = (
  { compiled, terms, session, feeder }: Reply,
  options: BestReplyOptions,
): TE.TaskEither<BackendError, Critique> =>
  pipe(
    askBatches({ elaborated: compiled, store: session.store, feeder }, terms, options),
    TE.map((answers) => {
      const of = (name: string): Estimate => estimate(answers[name] ?? new Float32Array(0))
      return { ...of('value'), real: of('real').value, generated: of('generated').value }
    }),
  )

/** Steps that fit into the time, if the first are like the rest: the rate's fall is planned for so many. */
const plannedSteps = (
  asked: Asked,
  options: BestReplyOptions,
): TE.TaskEither<BackendError | NotFinite | string, number> => {
  const { steps, seconds, signal } = options
  if (seconds === undefined || signal?.aborted === true) return TE.right(steps)
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
