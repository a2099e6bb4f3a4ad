import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend } from '../backends/core/backend.ts'
import { startBackend } from '../backends/start/registry.ts'
import { compile } from '../compile/compile.ts'
import { openFiles } from '../data/openFiles.ts'
import type { Scale } from '../dsl/sources/scale.ts'
import type { TrainError } from '../errors/failure.ts'
import { type GenerateOptions, generateOn } from '../run/generate.ts'
import type { Samples } from '../run/sampler.ts'
import { scaleOfSamples } from '../run/units.ts'
import type { GameSpec } from '../spec/spec.ts'
import { gameAt } from './gameAt.ts'
import { openCheckpoint, openRun } from './openRun.ts'

/** Which samples are made. Without a seed the first samples are those of the run's newest pictures. */
export interface SampleOptions extends GenerateOptions {
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
 *
 * @example const run = await sampleRun('runs/ring', { count: 16 })()
 */
export const sampleRun = (folder: string, options: SampleOptions = {}): TE.TaskEither<TrainError, RunSamples> =>
  pipe(
    openRun(folder),
    TE.bindTo('run'),
    TE.bindW('checkpoint', ({ run }) => openCheckpoint(run, options.step, '--step')),
    TE.bindW('compiled', ({ run, checkpoint }) =>
      TE.fromEither(pipe(gameAt(run.info, run.game, checkpoint.step), E.flatMap(compile))),
    ),
    TE.bindW('backend', ({ run: { info } }) =>
      startBackend(options.backend ?? info.backend.name, { threads: info.threads }),
    ),
    TE.bindW('samples', ({ backend, checkpoint, compiled }) =>
      TE.bracket<TrainError, Backend, Samples>(
        TE.right(backend),
        () => generateOn({ compiled, backend, state: checkpoint.state }, { ...options, openFiles: openFiles(folder) }),
        () => TE.fromIO(() => backend.dispose?.()),
      ),
    ),
    TE.map(({ run, checkpoint, samples }) => {
      const scale = scaleOfSamples(run.game, run.info.scales, samples.shape)
      return { samples, game: run.game, step: checkpoint.step, ...(scale !== undefined && { scale }) }
    }),
  )
