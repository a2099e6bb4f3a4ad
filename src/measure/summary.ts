import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend } from '../backends/core/backend.ts'
import type { Compiled } from '../compile/compile.ts'
import { type Roles, rolesOf } from '../compile/roles.ts'
import type { Suppliers } from '../data/datasets.ts'
import type { Component } from '../dsl/sources/source.ts'
import { sourceKind } from '../dsl/sources/table.ts'
import type { BackendError } from '../errors/backendError.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import { createFeeder } from '../run/draws.ts'
import { createRandom } from '../run/random/random.ts'
import type { Reading } from '../theory/range.ts'
import { type Answers, askSamples, type Subject } from './ask.ts'
import { type BestReply, bestOf, bestReply } from './bestReply.ts'
import { type Budget, budgetOf } from './budget.ts'
import { type Confusion, confusion } from './confusion.ts'
import { type CriticReading, readCritic } from './criticReading.ts'
import { coverage, type Modes, modeSamples } from './modes.ts'
import { type OwnValue, ownValue } from './ownValue.ts'
import { asking, type Setting, settingOf } from './setting.ts'

/** A measurement; left: why there is none. */
export type Measured<A> = E.Either<string, A>

/** How well samples can be told from data, by the best critic that was found. */
export interface Reply extends Omit<BestReply, 'trained'> {
  /** Whether D's own number is a probability, its logit, or a score of its own loss. */
  readonly reading: Reading
  /** Absent where D gives a score: as a probability that has no meaning. */
  readonly trained?: BestReply['trained']
}

/** What is measured of a game after a run. */
export interface Summary {
  /** Generated samples beside the modes of the data, and real ones by the same measure. */
  readonly modes: Measured<{ readonly generated: Modes; readonly real: Modes }>
  /** The critic read as a classifier. */
  readonly confusion: Measured<Confusion>
  readonly bestReply: Measured<Reply>
  /** What D's own objective comes to. */
  readonly ownValue: Measured<OwnValue>
  /** How D is read. */
  readonly setting: Measured<Setting>
  /** Whether real samples that were measured are fresh ones, or rows of a data set that training has seen too. */
  readonly real: 'fresh' | 'seen'
}

export interface SummaryInput extends Partial<Budget> {
  readonly compiled: Compiled
  readonly backend: Backend
  readonly suppliers: Suppliers
  readonly state: HostTensors
  readonly seed: number
  /** Steps of the best reply's training that are done, of so many. */
  readonly onProgress?: (done: number, steps: number) => void
  /** Where it is set off, what is not measured yet is left out, or measured in haste. */
  readonly signal?: AbortSignal
}

/** Measures a trained game on draws that training did not use; left is what the backend could not do. */
export const summarise = (input: SummaryInput): TE.TaskEither<BackendError, Summary> =>
  pipe(
    rolesOf(input.compiled),
    E.match(
      (reason) => TE.of(nothing(reason)),
      (roles) => summariseRoles(input, roles),
    ),
  )

const nothing = (reason: string): Summary => ({
  modes: E.left(reason),
  confusion: E.left(reason),
  bestReply: E.left(reason),
  ownValue: E.left(reason),
  setting: E.left(reason),
  real: 'fresh',
})

const summariseRoles = (input: SummaryInput, roles: Roles): TE.TaskEither<BackendError, Summary> => {
  const { compiled, suppliers } = input
  const setting = settingOf(compiled, roles)
  const measured = { roles, budget: budgetOf(compiled, roles, setting, input) }
  const read = readCritic(compiled, roles)
  return pipe(
    sampled(input, measured, read),
    TE.bindTo('sampled'),
    TE.bind('bestReply', () => fight(input, measured, E.isRight(read) ? read.right.reading : 'score')),
    TE.map(({ sampled, bestReply }) => ({
      ...sampled,
      bestReply,
      setting: E.right(setting),
      real: suppliers[roles.real.source]?.type === 'rows' ? 'seen' : 'fresh',
    })),
  )
}

/** What is asked: who is who, and on how many draws. */
interface Question {
  readonly roles: Roles
  readonly budget: ReturnType<typeof budgetOf>
}

const sampled = (
  { compiled, backend, suppliers, state, seed }: SummaryInput,
  { roles, budget }: Question,
  read: E.Either<string, CriticReading>,
): TE.TaskEither<BackendError, Pick<Summary, 'modes' | 'confusion' | 'ownValue'>> =>
  TE.bracket(
    backend.store(state),
    (store) => {
      const subject: Subject = { elaborated: compiled, store, feeder: createFeeder(createRandom(), seed, suppliers) }
      const { batch } = compiled.game
      return pipe(
        TE.Do,
        TE.bind('modes', () => modesOf(subject, roles)),
        TE.bind('confusion', () => confusionOf(subject, roles, budget.samples, read)),
        TE.bind('ownValue', () => ownValue(subject, roles, { batch, batches: Math.ceil(budget.samples / batch) })),
      )
    },
    (store) => TE.fromIO(store.dispose),
  )

const valuesOf = (answers: Answers, name: string): Float32Array => answers[name] ?? new Float32Array(0)

const modesOf = (subject: Subject, roles: Roles): TE.TaskEither<BackendError, Summary['modes']> =>
  measuredOf(componentsOf(subject.elaborated, roles), (components) =>
    pipe(
      askSamples(
        subject,
        { real: roles.real, generated: roles.generated },
        { count: modeSamples, batch: subject.elaborated.game.batch, averaged: true },
      ),
      TE.map((answers) => ({
        generated: coverage(components, valuesOf(answers, 'generated')),
        real: coverage(components, valuesOf(answers, 'real')),
      })),
    ),
  )

const confusionOf = (
  subject: Subject,
  roles: Roles,
  count: number,
  read: E.Either<string, CriticReading>,
): TE.TaskEither<BackendError, Summary['confusion']> =>
  measuredOf(
    pipe(
      read,
      E.flatMap(({ threshold }) => threshold),
    ),
    (threshold) =>
      pipe(
        askSamples(
          subject,
          { real: roles.realScore, generated: roles.generatedScore },
          { count, batch: subject.elaborated.game.batch, ...asking(roles) },
        ),
        TE.map((answers) => confusion(threshold, valuesOf(answers, 'real'), valuesOf(answers, 'generated'))),
      ),
  )

/** What is measured where that is possible, else why it is not. */
const measuredOf = <A, B>(
  possible: Measured<A>,
  measure: (a: A) => TE.TaskEither<BackendError, B>,
): TE.TaskEither<BackendError, Measured<B>> =>
  E.isLeft(possible)
    ? TE.right(possible)
    : pipe(
        measure(possible.right),
        TE.map((found) => E.right(found)),
      )

const componentsOf = (
  { game }: Pick<Compiled, 'game'>,
  { real }: Pick<Roles, 'real'>,
): Measured<readonly Component[]> => {
  const source = game.sources[real.source]
  const components = source === undefined ? undefined : sourceKind.definitionOf(source).components?.(source)
  return components === undefined || real.field !== 'x'
    ? E.left('the data is no mixture of Gaussians')
    : E.right(components)
}

const fight = (
  input: SummaryInput,
  { roles, budget }: Question,
  reading: Reading,
): TE.TaskEither<BackendError, Measured<Reply>> => {
  const { onProgress, signal } = input
  if (budget.steps === 0) return TE.right(E.left('no steps for it were asked for'))
  return pipe(
    bestReply(
      { ...input, roles },
      {
        ...budget,
        seed: input.seed + 1,
        ...(onProgress !== undefined && { onProgress: (done: number) => onProgress(done, budget.steps) }),
        ...(signal !== undefined && { signal }),
      },
    ),
    TE.match(
      (error): E.Either<BackendError, Measured<Reply>> =>
        typeof error === 'string'
          ? E.right(E.left(error))
          : error.type === 'BackendError'
            ? E.left(error)
            : E.right(E.left(`the best reply's training ended in ${error.value} at step ${error.step}`)),
      (reply): E.Either<BackendError, Measured<Reply>> => E.right(E.right(readAs(reading, reply))),
    ),
  )
}

const readAs = (reading: Reading, { trained, ...reply }: BestReply): Reply =>
  reading === 'score' ? { ...reply, reading, best: bestOf({ fresh: reply.fresh }) } : { ...reply, reading, trained }
