import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Executable, Store } from '../backends/core/backend.ts'
import type { Elaborated } from '../compile/elaborate.ts'
import { compileQuery, givenDraw } from '../compile/query.ts'
import { rolesOf } from '../compile/roles.ts'
import type { Term } from '../dsl/terms/term.ts'
import type { BackendError } from '../errors/backendError.ts'
import type { TrainError } from '../errors/failure.ts'
import { runError } from '../errors/runError.ts'
import { at, present } from '../ir/present.ts'
import { type Program, type Shape, size } from '../ir/program.ts'
import type { DrawSource, Draws } from './draws.ts'
import { type GivenInput, givenInputs, type Inputs, rowsFrom, withGiven } from './givenInputs.ts'
import { checkTruncation, type Truncation, truncate, truncationOf, withPsi } from './truncation.ts'

/** Generated samples, one after the other, row-major. */
export interface Samples {
  /** The shape of one sample. */
  readonly shape: Shape
  readonly count: number
  readonly values: Float32Array
  /** After how many samples the given inputs start again, if several rows were given. */
  readonly turn?: number
}

/** How to sample. */
export interface SampleRequest {
  readonly inputs?: Inputs
  /**
   * The largest magnitude of a normal latent's numbers, or psi if the generator has a truncation layer. By default, samples are
   * made as in training.
   */
  readonly truncation?: number
}

/** A compiled program that makes samples. */
export interface SampleQuery {
  readonly program: Program
  readonly shape: Shape
  /** The rows of the given inputs. */
  readonly given: { readonly [draw: string]: GivenInput['rows'] }
  readonly truncation?: Truncation
}

/** The batch size of sampling. It is fixed, so that the first samples do not depend on the count. */
const batch = 64

const metric = 'sample'
const stream = 'samples'

/** Compiles the program that makes samples. Left: the game has no generator, or not these inputs. */
export const sampleQuery = (
  elaborated: Elaborated,
  { inputs = {}, truncation }: SampleRequest = {},
): E.Either<TrainError, SampleQuery> => {
  return pipe(
    madeBy(elaborated),
    E.bindTo('made'),
    E.bindW('given', ({ made }) => givenInputs(elaborated, made, inputs)),
    E.let('term', ({ made, given }) => withGiven(made, given)),
    E.bindW('asked', ({ term }) => askedOf(elaborated, term, truncation)),
    E.bindW('program', ({ term, asked }) => compileQuery(asked, { [metric]: term }, { batch, stream, averaged: true })),
    E.bindW('truncated', ({ term, asked, program }) =>
      truncation === undefined || asked !== elaborated
        ? E.right({})
        : pipe(
            truncationOf(elaborated.game, term, program, stream, truncation),
            E.map((truncation) => ({ truncation })),
          ),
    ),
    E.map(({ given, program, truncated }) => ({
      program,
      shape: at(program.nodes, present(program.metrics[metric], metric)).shape.slice(1),
      given: Object.fromEntries(given.map(({ name, rows }) => [givenDraw(name), rows])),
      ...truncated,
    })),
  )
}

/** The game to sample from, with psi set in its truncation layers, if any. */
const askedOf = (
  elaborated: Elaborated,
  term: Term,
  truncation: number | undefined,
): E.Either<TrainError, Elaborated> =>
  truncation === undefined
    ? E.right(elaborated)
    : pipe(
        checkTruncation(truncation),
        E.map((psi) => withPsi(elaborated, term, psi) ?? elaborated),
      )

/** The term of the samples: the game's `samples`, else the critic's generated input. */
const madeBy = (elaborated: Elaborated): E.Either<TrainError, Term> => {
  const { samples } = elaborated.game
  return samples !== undefined
    ? E.right(samples)
    : pipe(
        rolesOf(elaborated),
        E.bimap(
          ({ message }) =>
            runError(
              { type: 'part', name: 'the game' },
              `it has no generator: ${message}`,
              'Set `samples` in the game to say what its samples are.',
            ),
          ({ generated }) => generated,
        ),
      )
}

/** Makes samples from a store's present state. Equal seed and state give equal samples. */
export interface Sampler {
  readonly take: (count: number) => TE.TaskEither<BackendError, Samples>
  readonly dispose: () => void
}

export const createSampler = (
  query: SampleQuery,
  store: Store,
  drawSource: DrawSource,
): TE.TaskEither<BackendError, Sampler> =>
  pipe(
    store.compile(query.program),
    TE.map((executable) => ({
      take: (count) => () => takeBatches(query, executable, drawSource, count),
      dispose: executable.dispose,
    })),
  )

const takeBatches = async (
  { program, shape, given, truncation }: SampleQuery,
  executable: Executable,
  drawSource: DrawSource,
  count: number,
): Promise<E.Either<BackendError, Samples>> => {
  const values = new Float32Array(count * size(shape))
  let draws: Draws = {}
  for (let index = 0; index * batch < count; index++) {
    draws = drawSource(program, index, 1, draws)
    const rows = Object.entries(given).map(([name, each]) => [name, rowsFrom(each, index * batch, batch)] as const)
    const all = { ...draws, ...truncated(draws, truncation), ...Object.fromEntries(rows) }
    const result = await executable.run({ first: index, count: 1, draws: all })()
    if (E.isLeft(result)) return result
    const start = index * batch * size(shape)
    values.set(present(result.right[metric], metric).subarray(0, values.length - start), start)
  }
  const turn = Math.max(1, ...Object.values(given).map((rows) => rows.length))
  return E.right({ shape, count, values, ...(turn > 1 && { turn }) })
}

const truncated = (draws: Draws, truncation: Truncation | undefined): Draws =>
  truncation === undefined
    ? {}
    : Object.fromEntries(
        truncation.draws.map((name) => [
          name,
          (draws[name] ?? new Float32Array(0)).map(truncate(truncation.threshold)),
        ]),
      )
