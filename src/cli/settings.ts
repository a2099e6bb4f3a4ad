import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { TrainError } from '../errors/failure.ts'
import { type RunError, runError } from '../errors/runError.ts'
import { decodeFields, encodeFields } from '../spec/codec.ts'
import { withProvenanceOf } from '../spec/keepProvenance.ts'
import type { GameSpec } from '../spec/spec.ts'
import type { Assignment } from './options.ts'

/** A game with some of its fields changed: `optimizers.generator.lr` to `1e-4`. Values are JSON; what is not is text. */
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

/** What is said where settings changed a gan's formulas, so that it is no longer made of its loss, penalties and views. */
export const settingsNotice = (before: GameSpec, after: GameSpec): string | undefined =>
  before.provenance === undefined || after.provenance !== undefined
    ? undefined
    : '--set changed the formulas of this gan: its spec no longer names the loss, penalties and views that they were made of (provenance).\n  What is said of them is read off the formulas. To keep the names, change the call of gan(...) instead.\n'

/** `withSettings`, which says on stderr what they undo. */
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

/** `rest` is what of the path `whole` is still to go. */
const replace = (value: unknown, rest: string, whole: string, to: unknown): E.Either<RunError, unknown> => {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
  // A name may hold a dot, so that the longest that fits is meant.
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
