import { type FileHandle, open } from 'node:fs/promises'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { type FileError, fileError } from '../errors/fileError.ts'
import { malformed } from '../errors/malformed.ts'
import { quoted } from '../errors/quoted.ts'
import { type WriteFile, writeFileAtomic } from './atomic.ts'
import { explain } from './fileError.ts'
import type { Hold } from './hold.ts'
import { parseJson } from './parseJson.ts'
import { mostBytes, readTextIfThere } from './readFile.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** One line of `metrics.jsonl`: what a run reports about one step. All numbers are finite. */
export interface LogLine {
  readonly step: number
  readonly [name: string]: Json
}

const close = (path: string, file: FileHandle): TE.TaskEither<FileError, void> =>
  TE.tryCatch(() => file.close(), explain(path))

const writeDurably = async (file: FileHandle, text: string): Promise<void> => {
  await file.writeFile(text)
  await file.datasync()
}

/**
 * Appends lines in one write. After a crash, call `cutLog` first, so that no line is appended to an incomplete one. `check` runs
 * between opening and writing: a process that takes over the run cuts the log, which replaces the file.
 */
export const appendLog = (
  path: string,
  lines: readonly LogLine[],
  check: Hold['check'] = TE.right(undefined),
): TE.TaskEither<FileError, void> => {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  return TE.bracket(
    TE.tryCatch(() => open(path, 'a'), explain(path)),
    (file) =>
      pipe(
        check,
        TE.flatMap(() => TE.tryCatch(() => writeDurably(file, text), explain(path))),
      ),
    (file) => close(path, file),
  )
}

/** In characters: far longer than any line that a run writes. */
const longestLine = 2 ** 20

const isLogLine = (value: unknown): value is LogLine =>
  typeof value === 'object' && value !== null && 'step' in value && typeof value.step === 'number'

const parseLine =
  (path: string) =>
  (index: number, text: string): E.Either<FileError, LogLine> =>
    pipe(
      text.length > longestLine ? E.left(malformed('it is too long')) : parseJson(text),
      E.filterOrElse(isLogLine, () => malformed('it has no step')),
      E.mapLeft(() => {
        const message = `line ${index + 1}: expected a JSON object with a step, found ${quoted(text)}`
        return fileError(path, message, 'Remove that line.')
      }),
    )

// Text after the last newline is a line that a crash left incomplete.
const wholeLines = (text: string): readonly string[] => text.split('\n').slice(0, -1)

const parseLines =
  (path: string) =>
  (text: string): E.Either<FileError, readonly LogLine[]> =>
    E.traverseArrayWithIndex(parseLine(path))(wholeLines(text))

/**
 * All complete lines; none if there is no file yet. Left if the file can't be read.
 *
 * @example const lines = await readLog('runs/ring/log.jsonl')()
 */
export const readLog = (path: string): TE.TaskEither<FileError, readonly LogLine[]> =>
  pipe(readTextIfThere(path, mostBytes.log), TE.flatMapEither(parseLines(path)))

/** Drops an incomplete last line and all lines after `step`. Keeps the others byte for byte. */
export const cutLog = (
  path: string,
  step: number,
  write: WriteFile = writeFileAtomic,
): TE.TaskEither<FileError, void> =>
  pipe(
    readTextIfThere(path, mostBytes.log),
    TE.bindTo('text'),
    TE.bind('lines', ({ text }) => TE.fromEither(parseLines(path)(text))),
    TE.flatMap(({ text, lines }) => {
      const kept = wholeLines(text).filter((_, i) => (lines[i]?.step ?? Number.POSITIVE_INFINITY) <= step)
      return write(path, kept.map((line) => `${line}\n`).join(''))
    }),
  )
