import { open, readFile } from 'node:fs/promises'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { errorCode } from '../../data/errorCode.ts'
import { writeFileAtomic } from './atomic.ts'
import { explain, type FileError, fileError } from './fileError.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** What a run reports of one step: one line of `metrics.jsonl`. Its numbers are finite. */
export interface LogLine {
  readonly step: number
  readonly [name: string]: Json
}

const append = async (path: string, text: string): Promise<void> => {
  const file = await open(path, 'a')
  try {
    await file.writeFile(text)
    await file.datasync()
  } finally {
    await file.close()
  }
}

/** Adds lines at the end, in one write. After a crash, `cutLog` first, so that none is glued to a torn one. */
export const appendLog = (path: string, lines: readonly LogLine[]): TE.TaskEither<FileError, void> =>
  TE.tryCatch(() => append(path, lines.map((line) => `${JSON.stringify(line)}\n`).join('')), explain(path))

const isLogLine = (value: Json): value is LogLine =>
  typeof value === 'object' && value !== null && 'step' in value && typeof value.step === 'number'

const parseLine =
  (path: string) =>
  (index: number, text: string): E.Either<FileError, LogLine> =>
    pipe(
      E.tryCatch(
        (): Json => JSON.parse(text),
        () => null,
      ),
      E.filterOrElse(isLogLine, () => null),
      E.mapLeft(() => {
        const message = `line ${index + 1}: expected a JSON object with a step, found ${JSON.stringify(text.slice(0, 60))}`
        return fileError(path, message, 'Remove that line.')
      }),
    )

// What follows the last line end is a line that a crash tore, and no line at all otherwise.
const wholeLines = (text: string): readonly string[] => text.split('\n').slice(0, -1)

const readText = (path: string): TE.TaskEither<FileError, string> =>
  pipe(
    TE.tryCatch(
      () => readFile(path, 'utf8'),
      (cause) => cause,
    ),
    TE.orElse((cause) => (errorCode(cause) === 'ENOENT' ? TE.right('') : TE.left(explain(path)(cause)))),
  )

const parseLines =
  (path: string) =>
  (text: string): E.Either<FileError, readonly LogLine[]> =>
    E.traverseArrayWithIndex(parseLine(path))(wholeLines(text))

/** All lines but a torn last one; none where there is no file yet. Left: the file can't be read. */
export const readLog = (path: string): TE.TaskEither<FileError, readonly LogLine[]> =>
  pipe(readText(path), TE.flatMapEither(parseLines(path)))

/** Drops a torn last line and the lines of steps after `step`; keeps the others byte for byte. */
export const cutLog = (path: string, step: number): TE.TaskEither<FileError, void> =>
  pipe(
    readText(path),
    TE.bindTo('text'),
    TE.bind('lines', ({ text }) => TE.fromEither(parseLines(path)(text))),
    TE.flatMap(({ text, lines }) => {
      const kept = wholeLines(text).filter((_, i) => (lines[i]?.step ?? Number.POSITIVE_INFINITY) <= step)
      return writeFileAtomic(path, kept.map((line) => `${line}\n`).join(''))
    }),
  )
