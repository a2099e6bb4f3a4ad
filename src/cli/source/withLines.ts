import { readFileSync } from 'node:fs'
import { pipe } from '#fp-ts/function'
import * as NEA from '#fp-ts/NonEmptyArray'
import * as TE from '#fp-ts/TaskEither'
import type { TrainError } from '../../errors/failure.ts'
import { invalidSpec } from '../../errors/invalidSpec.ts'
import type { SourceLine } from '../../errors/place.ts'
import type { SpecWarning } from '../../errors/warnings.ts'
import { lineOf } from './lineOf.ts'

/** What errors and warnings share: a path in the spec and, once found, the user's line. */
interface InSpec {
  readonly path: readonly string[]
  readonly source?: SourceLine
}

/** Adds the user's lines to mistakes in a spec, where they are certain. A JSON spec has no `program`. */
export const withLines =
  (program: string | undefined) =>
  <A>(attempt: TE.TaskEither<TrainError, A>): TE.TaskEither<TrainError, A> =>
    pipe(
      attempt,
      TE.mapLeft((error) =>
        error.type === 'InvalidSpec' && program !== undefined
          ? invalidSpec(pipe(error.errors, NEA.map(inText(program, read(program)))))
          : error,
      ),
    )

/** Adds the user's lines to warnings, where they are certain. */
export const warningsWithLines = (
  program: string | undefined,
  warnings: readonly SpecWarning[],
): readonly SpecWarning[] =>
  program === undefined || warnings.length === 0 ? warnings : warnings.map(inText(program, read(program)))

/** The program's text; `undefined` if the file is gone. */
const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

const inText =
  (file: string, text: string | undefined) =>
  <A extends InSpec>(found: A): A => {
    const line = found.source === undefined && text !== undefined ? lineOf(text, found.path) : undefined
    return line === undefined ? found : { ...found, source: { file, line } }
  }
