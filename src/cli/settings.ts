import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { TrainError } from '../errors/failure.ts'
import { type RunError, runError } from '../errors/runError.ts'
import { decodeFields, encodeFields } from '../spec/codec.ts'
import { withProvenanceOf } from '../spec/keepProvenance.ts'
import type { GameSpec } from '../spec/spec.ts'
import type { Assignment } from './options.ts'

/** Changes fields of a game: `optimizers.generator.lr` to `1e-4`. Values are JSON; anything else is a string. */
export const withSettings = (game: GameSpec, settings: readonly Assignment[] = []): E.Either<TrainError, GameSpec> => {
  if (settings.length === 0) return E.right(game)
  const changed = settings.reduce<E.Either<TrainError, unknown>>(
    (spec, [path, text]) =>
      pipe(
        spec,
        E.flatMap((value) => replace(value, path, path, parsed(text))),
      ),
    E.right(encodeFields(game)),
  )
  if (settings.some(([path]) => path.split('.')[0] === 'provenance')) return pipe(changed, E.flatMap(decodeFields))
  return pipe(
    changed,
    E.flatMap((value) => decodeFields(without(value, 'provenance'))),
    E.map((after) => withProvenanceOf(game, after)),
  )
}

const without = (value: unknown, field: string): unknown =>
  Object.fromEntries(Object.entries(Object(value)).filter(([name]) => name !== field))

/** The notice if settings changed a GAN's formulas, so that its provenance no longer holds. */
export const settingsNotice = (before: GameSpec, after: GameSpec): string | undefined =>
  before.provenance === undefined || after.provenance !== undefined
    ? undefined
    : '--set changed the formulas of this gan, so its spec no longer names its loss, penalties and views (provenance).\n  Reports now infer them from the formulas. To keep the names, change the call of gan(...) instead.\n'

/** `withSettings`, plus that notice on stderr. */
export const settled = (game: GameSpec, settings?: readonly Assignment[]): TE.TaskEither<TrainError, GameSpec> =>
  pipe(
    TE.fromEither(withSettings(game, settings)),
    TE.tapIO((after) => () => {
      const notice = settingsNotice(game, after)
      if (notice !== undefined) process.stderr.write(`notice: ${notice}`)
    }),
  )

const parsed = (text: string): unknown =>
  E.toUnion(
    E.tryCatch(
      (): unknown => JSON.parse(text),
      () => text,
    ),
  )

/** Sets the value at a path. `rest` is the remaining part of the path `whole`. */
const replace = (value: unknown, rest: string, whole: string, to: unknown): E.Either<RunError, unknown> => {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
  // A name may contain dots, so take the longest one that matches.
  const key = entries
    .map(([name]) => name)
    .filter((name) => rest === name || rest.startsWith(`${name}.`))
    .sort((a, b) => b.length - a.length)[0]
  if (key === undefined) return E.left(unknownPath(rest, whole, entries))
  const changed = (part: unknown): unknown =>
    Array.isArray(value)
      ? value.map((old: unknown, i) => (`${i}` === key ? part : old))
      : Object.fromEntries(entries.map(([name, old]) => [name, name === key ? part : old]))
  if (rest === key) return E.right(changed(to))
  const old: unknown = entries.find(([name]) => name === key)?.[1]
  return pipe(replace(old, rest.slice(key.length + 1), whole, to), E.map(changed))
}

const unknownPath = (rest: string, whole: string, entries: readonly (readonly [string, unknown])[]): RunError => {
  const place = whole.slice(0, Math.max(0, whole.length - rest.length - 1))
  const where = place === '' ? 'the spec' : place
  const hint =
    entries.length === 0
      ? `${where} has no fields.`
      : `The fields there are ${entries.map(([name]) => name).join(', ')}.`
  return runError({ type: 'flag', text: `--set ${whole}` }, `${where} has no field ${rest.split('.')[0]}`, hint)
}
