import { readFile } from 'node:fs/promises'
import { pipe } from '#fp-ts/function'
import * as NEA from '#fp-ts/NonEmptyArray'
import * as TE from '#fp-ts/TaskEither'
import type { TrainError } from '../../errors/failure.ts'
import { invalidSpec } from '../../errors/invalidSpec.ts'
import type { SpecError } from '../../errors/specError.ts'
import { lineOf } from './lineOf.ts'

/** Mistakes in a spec that a program makes, with the line of each where that is certain. A spec in JSON has no `program`. */
export const withLines =
  (program: string | undefined) =>
  <A>(attempt: TE.TaskEither<TrainError, A>): TE.TaskEither<TrainError, A> =>
    program === undefined
      ? attempt
      : pipe(
          attempt,
          TE.orElse((error) => TE.leftTask(located(program, error))),
        )

const located = (file: string, error: TrainError) => async (): Promise<TrainError> => {
  if (error.type !== 'InvalidSpec') return error
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? error : invalidSpec(pipe(error.errors, NEA.map(inText(file, text))))
}

const inText =
  (file: string, text: string) =>
  (error: SpecError): SpecError => {
    const line = error.source === undefined ? lineOf(text, error.path) : undefined
    return line === undefined ? error : { ...error, source: { file, line } }
  }
