import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { using } from '../backends/core/using.ts'
import { atStep, lastStep } from '../compile/atStep.ts'
import type { Compiled } from '../compile/compile.ts'
import { tensorsOf } from '../compile/elaborate.ts'
import type { Roles } from '../compile/roles.ts'
import { ownScoringNetworks, scoringNetworks } from '../compile/scoring.ts'
import { type StateName, showStateName, type TensorName } from '../dsl/names/stateName.ts'
import type { BackendError } from '../errors/backendError.ts'
import type { NoAnswer } from '../errors/noAnswer.ts'
import type { NotFinite } from '../errors/notFinite.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import { createDrawSource, type DrawSource } from '../run/draws.ts'
import { initialState } from '../run/initialState.ts'
import { createRandom } from '../run/random/random.ts'
import { createSession, type Session } from '../run/session.ts'
import { averagesOf } from '../spec/spec.ts'
import { askBatches, type Terms } from './ask.ts'
import { type Estimate, estimate } from './estimate.ts'
import { notMeasured } from './notMeasured.ts'
import { type ReplyOptions, replyGame } from './replyGame.ts'
import { constantValue, equilibriumValue, type TextbookValue, textbookValue } from './textbookValue.ts'
import type { TrainedGame } from './trained.ts'
import { trainFor } from './trainFor.ts'

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

/** The name of the only player of the reply's game. */
const player = 'bestReply'

/** Batches on which values are measured once a signal came: what is left has to end soon. */
const batchesInHaste = 8

/** A trained game, and who plays which role in it. */
type BestReplySubject = Omit<TrainedGame, 'seed'> & { readonly roles: Roles }

/**
 * Trains a fresh critic against the frozen rest of a game, and measures V with it and with the game's own. The critics are as in
 * training (with statistics of the batch, and dropout); generated samples are made in sampling mode, by averaged weights where
 * the game has them. Left: also why there is no such value, or that a signal came before the first step.
 */
export const bestReply = (
  trained: BestReplySubject,
  options: ReplyOptions,
): TE.TaskEither<BackendError | NotFinite | NoAnswer, BestReply> =>
  withReply(trained, options, (reply) =>
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
      TE.bindW('fresh', ({ measured }) => measure(trained.roles, reply, measured)),
      TE.tap(() => reply.session.store.write(criticWeights(trained))),
      TE.bindW('trained', ({ measured }) => measure(trained.roles, reply, measured)),
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
  { compiled, roles, backend, dataSources, state }: BestReplySubject,
  options: ReplyOptions,
  use: (reply: Reply) => TE.TaskEither<BackendError | NotFinite | NoAnswer, A>,
): TE.TaskEither<BackendError | NotFinite | NoAnswer, A> => {
  const textbook = textbookValue(compiled, roles)
  const { game } = compiled
  if (E.isLeft(textbook)) return TE.left(textbook.left)
  // The game stands at its end: its schedules do not run on.
  const standing = ({ term }: TextbookValue['value']) => ({ term: atStep(term, lastStep(game), game.steps) })
  const value = standing(textbook.right.value)
  const [real, generated] = [standing(textbook.right.real), standing(textbook.right.generated)]
  const reply = replyGame(
    game,
    player,
    { goal: 'maximise', objective: value.term, over: ownScoringNetworks(game, roles) },
    options,
  )
  const terms = { value: value.term, real: real.term, generated: generated.term }
  const random = createRandom()
  const drawSource = createDrawSource(random, options.seed, dataSources)
  const own = ownScoringNetworks(game, roles)
  const frozen = Object.keys(compiled.networks).filter((name) => !own.includes(name))
  const start: HostTensors = Object.assign(
    { ...initialState(reply.state, options.seed, random) },
    ...frozen.map((name) => madeBy(compiled, name, state)),
  )
  return using(createSession(reply, backend, drawSource, start, 0), (session) =>
    use({ compiled: reply, terms, session, drawSource }),
  )
}

const measure = (
  roles: Roles,
  { compiled, terms, session, drawSource }: Reply,
  { batch, batches }: ReplyOptions,
): TE.TaskEither<BackendError, Critique> =>
  pipe(
    askBatches({ elaborated: compiled, store: session.store, drawSource }, terms, {
      batch,
      batches,
      playing: scoringNetworks(roles),
    }),
    TE.map((answers) => ({
      ...estimate(answers.value),
      real: estimate(answers.real).value,
      generated: estimate(answers.generated).value,
    })),
  )

/** The trained weights of all networks that the critic's player trains to score. */
const criticWeights = ({ compiled, roles, state }: BestReplySubject): HostTensors =>
  Object.assign({}, ...ownScoringNetworks(compiled.game, roles).map((name) => weightsOf(compiled, name, state)))

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
