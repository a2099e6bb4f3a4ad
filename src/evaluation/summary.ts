import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { askSamples, type Subject } from '../analysis/ask.ts'
import { type BestReply, bestReply } from '../analysis/bestReply.ts'
import type { Backend, BackendError, HostTensors } from '../backends/backend.ts'
import type { Compiled } from '../compile/compile.ts'
import { type Roles, rolesOf } from '../compile/roles.ts'
import type { Component } from '../dsl/sources/source.ts'
import { definitionOf } from '../dsl/sources/table.ts'
import type { Suppliers } from '../training/datasets.ts'
import { createFeeder } from '../training/draws.ts'
import { createRandom } from '../training/random/random.ts'
import { type Budget, budgetOf } from './budget.ts'
import { type Confusion, confusion } from './confusion.ts'
import { readCritic } from './criticReading.ts'
import { coverage, type Modes } from './modes.ts'

/** A measurement; left: why there is none. */
export type Measured<A> = E.Either<string, A>

/** What is measured of a game after a run. */
export interface Summary {
  /** Generated samples beside the modes of the data, and real ones by the same measure. */
  readonly modes: Measured<{ readonly generated: Modes; readonly real: Modes }>
  /** The critic read as a classifier. */
  readonly confusion: Measured<Confusion>
  readonly bestReply: Measured<BestReply>
  /** Whether real samples that were measured are fresh ones, or rows of a data set that training has seen too. */
  readonly real: 'fresh' | 'seen'
}

export interface SummaryInput extends Partial<Budget> {
  readonly compiled: Compiled
  readonly backend: Backend
  readonly suppliers: Suppliers
  readonly state: HostTensors
  readonly seed: number
  /** How far it is, from 0 to 1. */
  readonly onProgress?: (share: number) => void
  /** Where it is set off, what is not measured yet is left out. */
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
  real: 'fresh',
})

const summariseRoles = (input: SummaryInput, roles: Roles): TE.TaskEither<BackendError, Summary> =>
  pipe(
    TE.Do,
    TE.bind('sampled', () => sampled(input, roles)),
    TE.bind('bestReply', () => fight(input, roles)),
    TE.map(({ sampled, bestReply }) => ({
      ...sampled,
      bestReply,
      real: input.suppliers[roles.real.source]?.type === 'rows' ? 'seen' : 'fresh',
    })),
  )

const sampled = (
  { compiled, backend, suppliers, state, seed, ...chosen }: SummaryInput,
  roles: Roles,
): TE.TaskEither<BackendError, Pick<Summary, 'modes' | 'confusion'>> => {
  const threshold = pipe(
    readCritic(compiled, roles),
    E.flatMap((read) => read.threshold),
  )
  const modes = componentsOf(compiled, roles)
  const { samples } = budgetOf(compiled, roles, chosen)
  const terms = {
    ...(E.isRight(modes) && { real: roles.real, generated: roles.generated }),
    ...(E.isRight(threshold) && { realScore: roles.realScore, generatedScore: roles.generatedScore }),
  }
  const of = (answers: { readonly [name: string]: Float32Array }, name: keyof Roles): Float32Array =>
    answers[name] ?? new Float32Array(0)
  return TE.bracket(
    backend.store(state),
    (store) => {
      const subject: Subject = { elaborated: compiled, store, feeder: createFeeder(createRandom(), seed, suppliers) }
      return pipe(
        Object.keys(terms).length === 0
          ? TE.of({})
          : askSamples(subject, terms, { count: samples, batch: compiled.game.batch, averaged: true }),
        TE.map((answers) => ({
          modes: pipe(
            modes,
            E.map((components) => ({
              generated: coverage(components, of(answers, 'generated')),
              real: coverage(components, of(answers, 'real')),
            })),
          ),
          confusion: pipe(
            threshold,
            E.map((value) => confusion(value, of(answers, 'realScore'), of(answers, 'generatedScore'))),
          ),
        })),
      )
    },
    (store) => TE.fromIO(store.dispose),
  )
}

const componentsOf = ({ game }: Compiled, { real }: Roles): Measured<readonly Component[]> => {
  const source = game.sources[real.source]
  const components = source === undefined ? undefined : definitionOf(source).components?.(source)
  return components === undefined || real.field !== 'x'
    ? E.left('the data is no mixture of Gaussians')
    : E.right(components)
}

const fight = (input: SummaryInput, roles: Roles): TE.TaskEither<BackendError, Measured<BestReply>> => {
  const { compiled, onProgress, signal } = input
  const { steps, seconds, rate, leastBatch, measured } = budgetOf(compiled, roles, input)
  const batch = Math.max(compiled.game.batch, leastBatch)
  return pipe(
    bestReply(
      { ...input, roles },
      {
        steps,
        seconds,
        rate,
        batch,
        batches: Math.ceil(measured / batch),
        seed: input.seed + 1,
        ...(onProgress !== undefined && { onProgress: (done: number) => onProgress(done / steps) }),
        ...(signal !== undefined && { signal }),
      },
    ),
    TE.match(
      (error): E.Either<BackendError, Measured<BestReply>> =>
        typeof error === 'string'
          ? E.right(E.left(error))
          : error.type === 'BackendError'
            ? E.left(error)
            : E.right(E.left(`the best reply's training ended in ${error.value} at step ${error.step}`)),
      (reply): E.Either<BackendError, Measured<BestReply>> => E.right(E.right(reply)),
    ),
  )
}
