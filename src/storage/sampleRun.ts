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

/** Options of `sampleRun`. Without a seed, the first samples are those of the run's newest pictures. */
export interface SampleOptions extends GenerateOptions {
  /** By default the backend of the run's newest steps. Samples of another one are equal within rounding. */
  readonly backend?: string
  /** The step of the checkpoint to use. The newest by default. */
  readonly step?: number
}

/** Samples, and where they come from. */
export interface RunSamples {
  readonly samples: Samples
  readonly game: GameSpec
  /** How the data were scaled. `encodeSamples` uses it to write the units of the data file. Absent if they were not scaled. */
  readonly scale?: Scale
  /** The step of the checkpoint. */
  readonly step: number
}

/**
 * Samples from a run's generator: from its newest checkpoint or that of a step, on the run's own backend or a named one. Left: why
 * there are none.
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
