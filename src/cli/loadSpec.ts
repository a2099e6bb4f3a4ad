import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, dirname, extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { ArgumentError } from '../codecs/argument.ts'
import type { TrainError } from '../errors/failure.ts'
import type { InvalidArgument } from '../errors/invalidArgument.ts'
import { showPlace } from '../errors/place.ts'
import { type RunError, runError } from '../errors/runError.ts'
import { decodeFields } from '../spec/codec.ts'
import type { GameSpec } from '../spec/spec.ts'
import { readSpec } from '../storage/specFile.ts'
import { debugging } from './exit.ts'
import { withLines } from './source/withLines.ts'
import { specLine } from './specLine.ts'

/** A game that was read from a file. */
export interface LoadedSpec {
  readonly game: GameSpec
  /** The name for its runs: the file's name, in characters that every file system accepts. */
  readonly name: string
  /** The folder where relative paths of data start. */
  readonly baseDirectory: string
  /** The source file; absent if it came from JSON. */
  readonly program?: string
}

const code = new Set(['.ts', '.mts', '.js', '.mjs'])

/**
 * Loads a game from a file. JSON is only read. A TypeScript or JavaScript module, whose default export is the game, is run with the
 * user's rights.
 */
export const loadSpec = (path: string): TE.TaskEither<TrainError, LoadedSpec> =>
  pipe(
    checkFile(path),
    TE.flatMap(() => read(path)),
    TE.map((game) => ({
      game,
      name: nameOf(path),
      baseDirectory: dirname(resolve(path)),
      ...(code.has(extname(path)) && { program: path }),
    })),
  )

const nameOf = (path: string): string =>
  basename(path, extname(path))
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '') || 'run'

const checkFile = (path: string): TE.TaskEither<TrainError, void> =>
  pipe(
    TE.tryCatch(
      () => stat(path),
      () => runError(path, 'there is no such file', 'Give the path of a spec; `saddle init` writes one to start from.'),
    ),
    TE.flatMap((found) =>
      found.isFile()
        ? TE.right(undefined)
        : TE.left(runError(path, `expected a file, found ${kindOfFile(found)}`, 'Give the path of a spec.')),
    ),
  )

const kindOfFile = (found: Stats): string => {
  if (found.isDirectory()) return 'a folder'
  return found.isFIFO() ? 'a named pipe' : 'a device or a socket'
}

const read = (path: string): TE.TaskEither<TrainError, GameSpec> => {
  const extension = extname(path)
  if (extension === '.json') return readSpec(path)
  if (code.has(extension)) return pipe(run(path), TE.flatMapEither(gameOf(path)), withLines(path))
  const found = extension === '' ? 'none' : extension
  return TE.left(runError(path, `expected a file of type .ts, .mts, .js, .mjs or .json, found ${found}`, 'Rename it.'))
}

/**
 * jiti runs TypeScript on every version of Node. The module imports this package, wherever it is installed. The disk cache is off: it
 * would be in the system's temporary folder, where other users could plant code.
 */
const run = (path: string): TE.TaskEither<TrainError, object> =>
  TE.tryCatch(async () => {
    const [{ createJiti }, universal, node, promise] = await Promise.all([
      import('jiti'),
      import('../index.ts'),
      import('../node.ts'),
      import('../promise.ts'),
    ])
    const jiti = createJiti(import.meta.url, {
      interopDefault: false,
      fsCache: false,
      esmEvalTempFile: false,
      virtualModules: {
        saddlepoint: universal,
        'saddlepoint/node': node,
        'saddlepoint/promise': promise,
        'saddlepoint/losses': universal.losses,
        'saddlepoint/penalties': universal.penalties,
        'saddlepoint/views': universal.views,
      },
    })
    return jiti.import<object>(pathToFileURL(resolve(path)).href)
  }, notRun(path))

const notRun =
  (path: string) =>
  (cause: unknown): RunError => {
    if (!(cause instanceof Error)) return runError(path, `it can't be run: ${String(cause)}`, 'Correct the file.')
    const place = specLine(path, cause)
    if (cause instanceof ArgumentError) return runError(place, summaryOf(cause.error), cause.error.hint)
    return runError(place, `it can't be run: ${reasonOf(cause)}`, 'Correct the file.')
  }

const summaryOf = ({ place, message }: InvalidArgument): string => `${showPlace(place)}: ${message}`

const reasonOf = (cause: Error): string => {
  if (debugging() && cause.stack !== undefined) return cause.stack
  return cause.name === 'Error' ? cause.message : `${cause.name}: ${cause.message}`
}

const gameOf =
  (path: string) =>
  (module: object): E.Either<TrainError, GameSpec> => {
    const hint = 'Write `export default gan({ ... })`, or game({ ... }).'
    if (!('default' in module)) return E.left(runError(path, 'expected a game as default export, found none', hint))
    const { default: game } = module
    if (typeof game !== 'object' || game === null)
      return E.left(runError(path, `expected a game as default export, found ${kindOf(game)}`, hint))
    return decodeFields(game)
  }

const kindOf = (value: unknown): string => (typeof value === 'function' ? 'a function' : String(value))
