import type * as E from '#fp-ts/Either'
import * as t from '#io-ts'
import { dictionary } from '../codecs/dictionary.ts'
import { list } from '../codecs/lists.ts'
import { count, finite, natural, nonNegative } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import type { RunError } from '../errors/runError.ts'
import { decodeFile } from '../storage/decodeFile.ts'

/** One training of one row, to its end, and what was measured of it. */
export interface Trial {
  readonly row: string
  readonly seed: number
  readonly steps: number
  /** Hash of the game: see `specHash`. */
  readonly spec: string
  /** By metric; empty where the training ended in NaN or infinity. */
  readonly values: { readonly [metric: string]: number }
  /** What ended the training early, in words. */
  readonly diverged?: string
  readonly seconds: number
  readonly saddlepoint: string
  readonly platform: string
  readonly backend: { readonly name: string; readonly version: string; readonly device: string }
}

/** All trials of one protocol that were made so far. */
export interface Results {
  readonly format: 1
  readonly protocol: string
  readonly trials: readonly Trial[]
}

const trial: t.Type<Trial, unknown> = struct(
  {
    row: t.string,
    seed: natural,
    steps: count,
    spec: t.string,
    values: dictionary(finite, 'an object of numbers by metric'),
    seconds: nonNegative,
    saddlepoint: t.string,
    platform: t.string,
    backend: struct({ name: t.string, version: t.string, device: t.string }),
  },
  { diverged: t.string },
)

const results: t.Type<Results, unknown> = struct({
  format: t.literal(1),
  protocol: t.string,
  trials: list(trial, 'a list of trials'),
})

/** As the text of a file. */
export const encodeResults = (found: Results): string => `${JSON.stringify(results.encode(found), undefined, 2)}\n`

const hint = 'Name another file with --out, or remove this one.'

/** From the text of a file; its path is for the error alone. */
export const decodeResults = (path: string, text: string): E.Either<RunError, Results> =>
  decodeFile(results, path, text, hint)
