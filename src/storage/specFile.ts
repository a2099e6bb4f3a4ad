import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { TrainError } from '../errors/failure.ts'
import type { FileError } from '../errors/fileError.ts'
import { runError } from '../errors/runError.ts'
import type { WriteFile } from '../io/atomic.ts'
import { decodeSafetensors, encodeSafetensors } from '../io/formats/safetensors.ts'
import { parseJson } from '../io/parseJson.ts'
import { mostBytes, readFile, readText } from '../io/readFile.ts'
import { decode, encode } from '../spec/codec.ts'
import type { GameSpec } from '../spec/spec.ts'
import { mapPaths } from './paths.ts'
import { isSplit, joinSpec, putBack, splitSpec } from './specTensors.ts'

/** The name of the file beside spec.json that holds its long lists of numbers. */
export const specTensorsName = 'spec.safetensors'

/** The files of a spec in a run's folder. */
interface SpecFiles {
  readonly json: string
  /** Its long lists of numbers, if it has any. */
  readonly tensors?: Uint8Array
}

/** Encodes a game as files for a folder. Relative paths, which start at `baseDirectory`, are rewritten relative to the folder. */
const specFiles = (game: GameSpec, baseDirectory: string, folder: string): SpecFiles => {
  const moved = (path: string): string =>
    isAbsolute(path) ? path : relative(folder, resolve(baseDirectory, path)).replaceAll('\\', '/')
  const { json, tensors } = splitSpec(encode(mapPaths(game, moved)))
  return {
    json: `${JSON.stringify(json, undefined, 2)}\n`,
    ...(Object.keys(tensors).length > 0 && { tensors: encodeSafetensors({ tensors, metadata: {} }) }),
  }
}

const isSame = (a: SpecFiles, b: SpecFiles): boolean =>
  a.json === b.json && Buffer.compare(a.tensors ?? Buffer.of(), b.tensors ?? Buffer.of()) === 0

/** Writes a game into a run's folder, unless it equals `written`. Writes the JSON last. */
export const writeSpec = (
  write: WriteFile,
  folder: string,
  {
    game,
    baseDirectory,
    written,
  }: { readonly game: GameSpec; readonly baseDirectory: string; readonly written?: GameSpec },
): TE.TaskEither<TrainError, void> => {
  const files = specFiles(game, baseDirectory, folder)
  if (written !== undefined && isSame(files, specFiles(written, folder, folder))) return TE.right(undefined)
  return pipe(
    files.tensors === undefined ? TE.right(undefined) : write(join(folder, specTensorsName), files.tensors),
    TE.flatMap(() => write(join(folder, 'spec.json'), files.json)),
  )
}

/** Parses JSON text. Skips a byte order mark. Refuses a replacement character, which stands for bytes that are not UTF-8. */
const jsonIn =
  (path: string) =>
  (text: string): E.Either<TrainError, unknown> =>
    text.startsWith('\ufffd')
      ? E.left(runError(path, 'expected text in UTF-8, found another encoding', 'Save it as UTF-8.'))
      : pipe(
          parseJson(text.replace(/^\ufeff/, '')),
          E.mapLeft(({ message }) => runError(path, `expected JSON: ${message}`, 'Correct the file.')),
        )

/** Adds a spec's long lists from the file beside it. */
const joined =
  (path: string) =>
  (json: unknown): TE.TaskEither<TrainError, unknown> => {
    if (!isSplit(json)) return TE.right(json)
    const beside = join(dirname(path), specTensorsName)
    return pipe(
      readFile(beside, mostBytes.checkpoint, putBack),
      TE.flatMapEither(
        (bytes): E.Either<FileError | TrainError, unknown> =>
          pipe(
            decodeSafetensors(bytes),
            E.flatMap(({ tensors }) => joinSpec({ json, tensors })),
            E.mapLeft(({ message }) => runError(beside, message, putBack)),
          ),
      ),
    )
  }

/**
 * Reads a game from a JSON file. Left: all mistakes in it.
 *
 * @example
 * const spec = await readSpec('ring.ts')()
 * if (spec._tag === 'Right') await trainRun(spec.right, { out: 'runs/ring' })()
 */
export const readSpec = (path: string, missing?: string): TE.TaskEither<TrainError, GameSpec> =>
  pipe(
    readText(path, mostBytes.json, missing),
    TE.flatMapEither(jsonIn(path)),
    TE.flatMap(joined(path)),
    TE.flatMapEither(decode),
  )
