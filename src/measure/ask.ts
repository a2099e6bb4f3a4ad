import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as R from '#fp-ts/ReadonlyRecord'
import * as TE from '#fp-ts/TaskEither'
import type { Store } from '../backends/core/backend.ts'
import { using } from '../backends/core/using.ts'
import type { Elaborated } from '../compile/elaborate.ts'
import { compileQuery, givenDraw, type QueryOptions } from '../compile/query.ts'
import type { Term } from '../dsl/terms/term.ts'
import type { BackendError } from '../errors/backendError.ts'
import type { Floats } from '../ir/hostTensor.ts'
import type { Program } from '../ir/program.ts'
import type { DrawSource } from '../run/draws.ts'
import { mostSteps } from '../run/pace.ts'

/** A game that can be asked: its networks' present parameters, on a backend, and where draws come from. */
export interface Subject {
  readonly elaborated: Elaborated
  readonly store: Store
  readonly drawSource: DrawSource
}

export type Terms<K extends string = string> = Readonly<Record<K, Term>>
/** Values by term, one after the other, row-major. */
export type Answers<K extends string = string> = Readonly<Record<K, Float32Array>>

/** The stream of draws that no training step uses: those are named after players, or `shared`. */
const heldOut = 'held-out'

/** Terms of one number per batch, over so many batches of fresh draws. */
export const askBatches = <K extends string>(
  subject: Subject,
  terms: Terms<K>,
  { batches, stream = heldOut, ...options }: Batches,
): TE.TaskEither<BackendError, Answers<K>> =>
  runSteps(subject, terms, programOf(subject, terms, { stream, ...options }), batches, () => ({}))

/** How networks are asked, and on which draws. */
interface Asking extends Omit<QueryOptions, 'stream'> {
  readonly stream?: string
}

interface Batches extends Asking {
  readonly batches: number
}

export interface Samples extends Asking {
  readonly count: number
  /** `count` values for each `given(name, ...)` of the terms, one after the other. */
  readonly given?: Answers
}

/** Terms of a value per sample, for `count` samples. */
export const askSamples = <K extends string>(
  subject: Subject,
  terms: Terms<K>,
  { count, given = {}, stream = heldOut, ...options }: Samples,
): TE.TaskEither<BackendError, Answers<K>> => {
  const rows = Math.min(options.batch, count)
  const steps = Math.ceil(count / rows)
  const part = (values: Float32Array, first: number, some: number): Float32Array => {
    const width = (values.length / count) * rows
    const padded = new Float32Array(some * width)
    padded.set(values.subarray(first * width, (first + some) * width))
    return padded
  }
  return pipe(
    runSteps(subject, terms, programOf(subject, terms, { stream, ...options, batch: rows }), steps, (first, some) =>
      Object.fromEntries(Object.entries(given).map(([name, values]) => [givenDraw(name), part(values, first, some)])),
    ),
    TE.map(R.map((values) => values.subarray(0, (values.length / (steps * rows)) * count))),
  )
}

const programOf = ({ elaborated }: Subject, terms: Terms, options: QueryOptions): Program => {
  const program = compileQuery(elaborated, terms, options)
  if (E.isLeft(program)) throw new Error(`broken invariant: ${JSON.stringify(program.left)}`)
  return program.right
}

const runSteps = <K extends string>(
  { store, drawSource }: Subject,
  terms: Terms<K>,
  program: Program,
  steps: number,
  given: (first: number, count: number) => Answers,
): TE.TaskEither<BackendError, Answers<K>> => {
  const chunk = Math.min(steps, mostSteps(program))
  const firsts = Array.from({ length: Math.ceil(steps / chunk) }, (_, i) => i * chunk)
  return using(store.compile(program), ({ run }) =>
    pipe(
      firsts,
      TE.traverseSeqArray((first) => {
        const count = Math.min(chunk, steps - first)
        return () => run({ first, count, draws: { ...drawSource(program, first, count), ...given(first, count) } })()
      }),
      TE.map((parts) =>
        pipe(
          terms,
          R.mapWithIndex((name) => joined(parts.map((part) => answer(part, name)))),
        ),
      ),
    ),
  )
}

const answer = (answers: { readonly [name: string]: Floats }, name: string): Floats => {
  const values = answers[name]
  if (values === undefined) throw new Error(`broken invariant: the program does not report ${name}`)
  return values
}

const joined = (pieces: readonly Floats[]): Float32Array => {
  const all = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0))
  pieces.reduce((start, piece) => {
    all.set(piece, start)
    return start + piece.length
  }, 0)
  return all
}
