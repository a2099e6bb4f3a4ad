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

/** What a run was computed with. Only the same gives the same numbers, to the last bit. */
export interface RunInfo extends Computed {
  readonly format: 1
  /** The version of saddlepoint. */
  readonly saddlepoint: string
  readonly node: string
  readonly seed: number
  /** The hash of the spec: see `specHash`. */
  readonly spec: string
  /** The SHA-256 of the content of each source's files. */
  readonly data: { readonly [source: string]: string }
  /** How the numbers of files were scaled, if they were. Samples are scaled back with it. */
  readonly scales?: { readonly [source: string]: Scale }
  /** After how many steps a checkpoint and samples are saved, and after how many a line of costs. */
  readonly saveEvery: number
  readonly costsEvery: number
  /** How many checkpoints are kept: the newest and earlier regular ones. 2 by default. */
  readonly keep?: number | 'all'
  /** The checkpoint whose networks it started with, if any. */
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

const hint = 'Only run folders of this version can be read, and their files must be undamaged.'

const missing = 'Correct the path, or restore the file. Without run.json the run can not continue.'

export const readRunInfo = (path: string): TE.TaskEither<FileError | RunError, RunInfo> =>
  pipe(
    readText(path, mostBytes.info, missing),
    TE.flatMapEither((text): E.Either<FileError | RunError, RunInfo> => decodeFile(codec, path, text, hint)),
  )

/** The hint if a run can't be resumed. */
export const anew = 'Or start a new run; --from takes the networks of this one.'

interface Difference {
  readonly what: string
  readonly was: string
  readonly is: string
  readonly todo: string
}

/** The differences that make it another game. */
const ofTheGame = (then: RunInfo, now: RunInfo): readonly Difference[] => {
  const sources = [...new Set([...Object.keys(then.data), ...Object.keys(now.data)])]
  return [
    { what: 'seed', was: `${then.seed}`, is: `${now.seed}`, todo: `Use the old seed. ${anew}` },
    ...sources.map((name) => ({
      what: `content of the data of source ${name}`,
      was: then.data[name] ?? 'none',
      is: now.data[name] ?? 'none',
      todo: `Restore the same files. ${anew}`,
    })),
    {
      what: 'version of saddlepoint',
      was: then.saddlepoint,
      is: now.saddlepoint,
      todo: `Install that version. ${anew}`,
    },
  ]
}

/** The differences that change how numbers round. */
const ofRounding = (then: Circumstances, now: Circumstances): readonly Difference[] => {
  const { name } = then.backend
  const accept = `To continue anyway, equal within rounding, add --backend ${now.backend.name}.`
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

/** Refuses to resume with another game. The error names the first difference. */
export const checkSameGame = (folder: string, then: RunInfo, now: RunInfo): E.Either<RunError, void> =>
  refusal(folder, ofTheGame(then, now), '')

/** Refuses to resume if rounding may differ. The error names the first difference. */
export const checkSameRounding = (folder: string, then: Circumstances, now: Circumstances): E.Either<RunError, void> =>
  refusal(folder, ofRounding(then, now), ' exactly')
