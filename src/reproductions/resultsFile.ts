import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { TrainError } from '../errors/failure.ts'
import { runError } from '../errors/runError.ts'
import { writeFileAtomic } from '../io/atomic.ts'
import { explain } from '../io/fileError.ts'
import { makeFolder } from '../io/makeFolder.ts'
import { readText } from '../io/readFile.ts'
import type { Protocol } from './protocol.ts'
import { showReproduction } from './showReproduction.ts'
import { decodeResults, encodeResults, type Trial } from './trial.ts'

/** A protocol's trials as a JSON file, their table in Markdown beside it. */
export interface ResultsFile {
  readonly trials: () => readonly Trial[]
  /** Adds a trial, on disk too. */
  readonly keep: (trial: Trial) => TE.TaskEither<TrainError, void>
}

/** Opens the file of results at a path: with the trials that it has, or none where there is no file yet. */
export const openResults = (path: string, protocol: Protocol): TE.TaskEither<TrainError, ResultsFile> =>
  pipe(
    existsSync(path) ? read(path, protocol.name) : TE.right([]),
    TE.map((before) => {
      let trials = before
      return {
        trials: () => trials,
        keep: (trial) => {
          trials = [...trials, trial]
          return write(path, protocol, trials)
        },
      }
    }),
  )

const read = (path: string, protocol: string): TE.TaskEither<TrainError, readonly Trial[]> =>
  pipe(
    readText(path),
    TE.flatMapEither((text) => decodeResults(path, text)),
    TE.filterOrElseW(
      (found) => found.protocol === protocol,
      (found) => {
        const message = `expected results of ${protocol}, found those of ${found.protocol}`
        return runError(path, message, 'Name another file with --out.')
      },
    ),
    TE.map((found) => found.trials),
  )

const write = (path: string, protocol: Protocol, trials: readonly Trial[]): TE.TaskEither<TrainError, void> =>
  pipe(
    TE.tryCatch(() => makeFolder(dirname(path)), explain(dirname(path))),
    TE.flatMap(() => writeFileAtomic(path, encodeResults({ format: 1, protocol: protocol.name, trials }))),
    TE.flatMap(() => writeFileAtomic(`${path.replace(/\.json$/, '')}.md`, showReproduction(protocol, trials))),
  )
