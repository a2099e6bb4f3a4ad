import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { invariant } from '../ir/present.ts'
import type { OpenFiles } from './datasets.ts'
import { isFileSource, openDataset } from './open.ts'

/**
 * Reads the files of a game's sources. Relative paths start at the given folder, usually that of the spec.
 *
 * @example await train(spec, { openFiles: openFiles('data') })()
 */
export const openFiles =
  (baseDirectory: string): OpenFiles =>
  (source) => {
    invariant(isFileSource(source), () => `a source of type ${source.type} has files`)
    return pipe(
      openDataset(source, baseDirectory),
      TE.map(({ count, fields, hash, scale }) => ({
        count,
        fields: Object.fromEntries(Object.entries(fields).map(([name, { values }]) => [name, values])),
        hash,
        ...(scale !== undefined && { scale }),
      })),
    )
  }
