import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Store } from '../../backends/backend.ts'
import { startBackend } from '../../backends/registry.ts'
import { type Compiled, compile } from '../../compile/compile.ts'
import { openFiles } from '../../data/openFiles.ts'
import type { Scale } from '../../dsl/sources/scale.ts'
import type { GameSpec } from '../../dsl/spec.ts'
import { type Program, showShape, size } from '../../ir/program.ts'
import { openSources } from '../datasets.ts'
import { createFeeder } from '../draws.ts'
import { invalidSpec, type RunError, runError, type TrainError } from '../errors.ts'
import { createRandom } from '../random/random.ts'
import {
  createSampler,
  type SampleQuery,
  type SampleRequest,
  type Sampler,
  type Samples,
  sampleQuery,
} from '../sampler.ts'
import { scaleOfSamples } from '../units.ts'
import { openCheckpoint, openRun } from './openRun.ts'

/** Which samples are made. */
export interface SampleOptions extends SampleRequest {
  /** 64 where absent. More samples begin with those that fewer would give. */
  readonly count?: number
  /** The run's own where absent: then the first samples are those of the run's newest ones. */
  readonly seed?: number
  /** That of the run's newest steps where absent; samples of another are equal within rounding. */
  readonly backend?: string
  /** The step of the checkpoint that makes them; the newest where absent. */
  readonly step?: number
}

/** Samples, and what made them. */
export interface RunSamples {
  readonly samples: Samples
  readonly game: GameSpec
  /** By its way back samples are in the units of the data's file, which encodeSamples writes; absent where they are already. */
  readonly scale?: Scale
  /** Of the checkpoint that made them. */
  readonly step: number
}

/**
 * Samples of a run's generator, from its newest checkpoint or that of a step, on the backend that it was trained on unless another is named; left is why there are
 * none.
 */
export const sampleRun = (folder: string, options: SampleOptions = {}): TE.TaskEither<TrainError, RunSamples> =>
  pipe(
    openRun(folder),
    TE.bindTo('run'),
    TE.bindW('checkpoint', ({ run }) => openCheckpoint(run, options.step, '--step')),
    TE.bindW('compiled', ({ run }) => TE.fromEither(pipe(compile(run.game), E.mapLeft(invalidSpec)))),
    TE.bindW('backend', ({ run: { info } }) =>
      startBackend(options.backend ?? info.backend.name, { threads: info.threads }),
    ),
    TE.bindW('samples', ({ backend, checkpoint, compiled }) =>
      TE.bracket<TrainError, Store, Samples>(
        backend.store(checkpoint.state),
        (store) => ask(compiled, folder, store, options),
        (store) => TE.fromIO(store.dispose),
      ),
    ),
    TE.map(({ run, checkpoint, samples }) => {
      const scale = scaleOfSamples(run.game, run.info.scales ?? {}, samples.shape)
      return { samples, game: run.game, step: checkpoint.step, ...(scale !== undefined && { scale }) }
    }),
  )

const ask = (
  compiled: Compiled,
  folder: string,
  store: Store,
  { count = 64, seed = compiled.game.seed, ...request }: SampleOptions,
): TE.TaskEither<TrainError, Samples> =>
  pipe(
    TE.fromEither(sampleQuery(compiled, request)),
    TE.bindTo('query'),
    TE.chainFirstEitherKW(({ query }) => checkSize(count, query)),
    TE.bindW('suppliers', ({ query }) =>
      openSources({ sources: sourcesOf(compiled.game, query.program), batch: 1 }, openFiles(folder)),
    ),
    TE.bindW('sampler', ({ query, suppliers }) =>
      createSampler(query, store, createFeeder(createRandom(), seed, suppliers)),
    ),
    TE.flatMap(({ sampler }) =>
      TE.bracket<TrainError, Sampler, Samples>(
        TE.right(sampler),
        () => sampler.take(count),
        () => TE.fromIO(sampler.dispose),
      ),
    ),
  )

/** As many numbers as a gibibyte holds. */
const mostNumbers = 2 ** 28

const checkSize = (count: number, { shape }: SampleQuery): E.Either<RunError, void> => {
  const most = Math.floor(mostNumbers / size(shape))
  if (count <= most) return E.right(undefined)
  const message = `expected at most ${most} of shape ${showShape(shape)}, found ${count}`
  return E.left(runError('samples', message, 'Ask for fewer at a time, with another seed each.'))
}

/** The sources that a program draws from: the others' files need not be there. */
const sourcesOf = ({ sources }: GameSpec, { draws }: Program): GameSpec['sources'] => {
  const used = new Set(Object.values(draws).map(({ origin }) => (origin.type === 'source' ? origin.source : undefined)))
  return Object.fromEntries(Object.entries(sources).filter(([name]) => used.has(name)))
}
