import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import * as t from '#io-ts'
import { dictionary } from '../codecs/dictionary.ts'
import { nonEmptyList } from '../codecs/lists.ts'
import { count, natural } from '../codecs/numbers.ts'
import { oneOf } from '../codecs/oneOf.ts'
import { struct } from '../codecs/struct.ts'
import { type Scale, scaleCodec } from '../dsl/sources/scale.ts'
import type { FileError } from '../errors/fileError.ts'
import { type RunError, runError } from '../errors/runError.ts'
import { mostBytes, readText } from '../io/readFile.ts'
import { type Circumstances, type Computed, circumstances, stretch } from '../run/history.ts'
import { decodeFile } from './decodeFile.ts'

/** What a run was made with: its numbers come out again, to the last bit, only with the same. */
export interface RunInfo extends Computed {
  readonly format: 1
  /** The version of this package. */
  readonly saddlepoint: string
  readonly node: string
  readonly seed: number
  /** Hash of the spec: see `specHash`. */
  readonly spec: string
  /** SHA-256 of the content of each source's files. */
  readonly data: { readonly [source: string]: string }
  /** How sources were made of the numbers of their files, where these did not stay as they were: the way back for samples. */
  readonly scales?: { readonly [source: string]: Scale }
  /** A checkpoint and samples after so many steps each time, a line of costs after so many. */
  readonly saveEvery: number
  readonly costsEvery: number
  /** How many checkpoints are kept: the newest and the regular ones before it. 2 where absent. */
  readonly keep?: number | 'all'
  /** The checkpoint whose networks it started with, if it did. */
  readonly from?: string
  readonly fromWeights?: 'last' | 'average'
}

const codec: t.Type<RunInfo, unknown> = struct(
  {
    format: t.literal(1),
    saddlepoint: t.string,
    node: t.string,
    ...circumstances,
    seed: natural,
    spec: t.string,
    data: dictionary(t.string, 'an object of hashes by source'),
    saveEvery: count,
    costsEvery: count,
  },
  {
    keep: t.union([count, t.literal('all')], "a whole number above 0 or 'all'"),
    from: t.string,
    fromWeights: oneOf('last', 'average'),
    scales: dictionary(scaleCodec, 'an object of scales by source'),
    history: nonEmptyList(stretch, 'a list of stretches'),
  },
)

export const showRunInfo = (info: RunInfo): string => `${JSON.stringify(codec.encode(info), undefined, 2)}\n`

const hint =
  'Only a run folder of this version can be read; a run can start from its networks only if its files are whole.'

const missing = 'Correct the path. A run whose run.json is gone can only be made anew: put the file back, if you can.'

export const readRunInfo = (path: string): TE.TaskEither<FileError | RunError, RunInfo> =>
  pipe(
    readText(path, mostBytes.info, missing),
    TE.flatMapEither((text): E.Either<FileError | RunError, RunInfo> => decodeFile(codec, path, text, hint)),
  )

/** What to do where a run can't be resumed. */
export const anew = 'Start a new run, from its networks if you like (--from).'

interface Difference {
  readonly what: string
  readonly was: string
  readonly is: string
  readonly todo: string
}

/** What makes it another game, or another state of it. */
const ofTheGame = (then: RunInfo, now: RunInfo): readonly Difference[] => {
  const sources = [...new Set([...Object.keys(then.data), ...Object.keys(now.data)])]
  return [
    { what: 'seed', was: `${then.seed}`, is: `${now.seed}`, todo: `Leave the seed as it was. ${anew}` },
    ...sources.map((name) => ({
      what: `content of the data of source ${name}`,
      was: then.data[name] ?? 'none',
      is: now.data[name] ?? 'none',
      todo: `Put the same files back. ${anew}`,
    })),
    {
      what: 'version of saddlepoint',
      was: then.saddlepoint,
      is: now.saddlepoint,
      todo: `Install that version. ${anew}`,
    },
  ]
}

/** What makes numbers round otherwise. */
const ofRounding = (then: Circumstances, now: Circumstances): readonly Difference[] => {
  const { name } = then.backend
  const accept = `To go on all the same, equal within rounding: --backend ${now.backend.name}.`
  return [
    { what: 'backend', was: name, is: now.backend.name, todo: `Use --backend ${name}.` },
    {
      what: 'number of threads',
      was: `${then.threads}`,
      is: `${now.threads}`,
      todo: `Use --threads ${then.threads}. ${accept}`,
    },
    { what: 'device', was: then.backend.device, is: now.backend.device, todo: accept },
    {
      what: `version of ${name}`,
      was: then.backend.version,
      is: now.backend.version,
      todo: `Install that version. ${accept}`,
    },
    { what: 'machine', was: then.platform, is: now.platform, todo: accept },
  ]
}

const refusal = (folder: string, differences: readonly Difference[], how: string): E.Either<RunError, void> => {
  const first = differences.find((each) => each.was !== each.is)
  if (first === undefined) return E.right(undefined)
  const message = `it can't be resumed${how}: the ${first.what} was ${first.was}, now it is ${first.is}`
  return E.left(runError(folder, message, first.todo))
}

/** A run goes on only as the game that it is: the first thing that has changed, in words. */
export const checkSameGame = (folder: string, then: RunInfo, now: RunInfo): E.Either<RunError, void> =>
  refusal(folder, ofTheGame(then, now), '')

/** A run goes on exactly only where nothing has changed that its rounding depends on. */
export const checkSameRounding = (folder: string, then: Circumstances, now: Circumstances): E.Either<RunError, void> =>
  refusal(folder, ofRounding(then, now), ' exactly')
