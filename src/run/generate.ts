import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend, Store } from '../backends/core/backend.ts'
import { begin } from '../backends/start/registry.ts'
import type { Started } from '../backends/start/startFirst.ts'
import { type Compiled, compile } from '../compile/compile.ts'
import { type DataSources, noFiles, openSources } from '../data/datasets.ts'
import type { TrainError } from '../errors/failure.ts'
import { type RunError, runError } from '../errors/runError.ts'
import type { HostTensors } from '../ir/hostTensor.ts'
import { type Program, showShape, size } from '../ir/program.ts'
import type { GameSpec } from '../spec/spec.ts'
import { checkState } from './checkState.ts'
import { createDrawSource } from './draws.ts'
import type { PrepareOptions } from './prepare.ts'
import { createRandom } from './random/random.ts'
import {
  createSampler,
  type SampleQuery,
  type SampleRequest,
  type Sampler,
  type Samples,
  sampleQuery,
} from './sampler.ts'
import type { Trained } from './train.ts'

/** Options of `generate`. */
export interface GenerateOptions extends SampleRequest {
  /** 64 by default. A larger count starts with the same samples. */
  readonly count?: number
  /** The game's seed by default. */
  readonly seed?: number
}

/** A game and its saved state, from a checkpoint or kept by a page. */
export interface SavedGame {
  readonly game: GameSpec
  readonly state: HostTensors
}

/**
 * Generates samples from a trained game, in Node or in a page. For a saved game, it first compiles the game and starts a backend,
 * which `options` may name. Left: the game has no generator or lacks an input, or the state belongs to another game.
 *
 * @example
 * const trained = await train(spec)()
 * if (trained._tag === 'Right') {
 *   const samples = await generate(trained.right, { count: 16, inputs: { label: [3] } })()
 *   // Right: { shape: [28, 28, 1], count: 16, values: Float32Array of 16 x 784 }
 * }
 */
export const generate = (
  from: Trained | SavedGame,
  options: GenerateOptions & PrepareOptions = {},
): TE.TaskEither<TrainError, Samples> => {
  if ('compiled' in from) return generateOn(from, options)
  const { backend, threads, wasmFolder } = options
  const asked = { ...(threads !== undefined && { threads }), ...(wasmFolder !== undefined && { wasmFolder }) }
  return pipe(
    TE.fromEither(compile(from.game)),
    TE.bindTo('compiled'),
    TE.bindW('started', () => begin(backend, asked)),
    TE.flatMap(({ compiled, started }) =>
      TE.bracket<TrainError, Started, Samples>(
        TE.right(started),
        ({ backend }) => generateOn({ compiled, backend, state: from.state }, options),
        ({ backend }) => TE.fromIO(() => backend.dispose?.()),
      ),
    ),
  )
}

/** A compiled game on a backend, and its state. */
interface ReadyState {
  readonly compiled: Compiled
  readonly backend: Backend
  readonly state: HostTensors
}

/** Generates on a started backend. Opens only the files that the generator reads. */
export const generateOn = (
  { compiled, backend, state }: ReadyState,
  {
    count = 64,
    seed = compiled.game.seed,
    openFiles = noFiles,
    ...request
  }: GenerateOptions & Pick<PrepareOptions, 'openFiles'>,
): TE.TaskEither<TrainError, Samples> =>
  pipe(
    TE.fromEither(checkState(compiled, state, 'state')),
    TE.flatMapEither(() => sampleQuery(compiled, request)),
    TE.bindTo('query'),
    TE.chainFirstEitherKW(({ query }) => checkCount(count, query)),
    TE.bindW('dataSources', ({ query }) =>
      openSources({ sources: sourcesOf(compiled.game, query.program), batch: 1 }, openFiles),
    ),
    TE.flatMap(({ query, dataSources }) =>
      TE.bracket<TrainError, Store, Samples>(
        backend.store(state),
        (store) => take(query, store, seed, dataSources, count),
        (store) => TE.fromIO(store.dispose),
      ),
    ),
  )

const take = (
  query: SampleQuery,
  store: Store,
  seed: number,
  dataSources: DataSources,
  count: number,
): TE.TaskEither<TrainError, Samples> =>
  pipe(
    createSampler(query, store, createDrawSource(createRandom(), seed, dataSources)),
    TE.flatMap((sampler) =>
      TE.bracket<TrainError, Sampler, Samples>(
        TE.right(sampler),
        () => sampler.take(count),
        () => TE.fromIO(sampler.dispose),
      ),
    ),
  )

/** The number of float32 values in a gibibyte. */
const mostNumbers = 2 ** 28

const checkCount = (count: number, { shape }: SampleQuery): E.Either<RunError, void> => {
  const most = Math.floor(mostNumbers / size(shape))
  if (!Number.isSafeInteger(count) || count < 1)
    return E.left(
      runError(
        { type: 'option', name: 'count' },
        `expected a whole number above 0, found ${count}`,
        'Write { count: 64 }.',
      ),
    )
  if (count <= most) return E.right(undefined)
  const message = `expected at most ${most} of shape ${showShape(shape)}, found ${count}`
  return E.left(
    runError({ type: 'option', name: 'samples' }, message, 'Generate fewer at a time, each time with another seed.'),
  )
}

/** The sources that a program draws from. Files of other sources may be absent. */
const sourcesOf = ({ sources }: GameSpec, { draws }: Program): GameSpec['sources'] => {
  const used = new Set(Object.values(draws).map(({ origin }) => (origin.type === 'source' ? origin.source : undefined)))
  return Object.fromEntries(Object.entries(sources).filter(([name]) => used.has(name)))
}
