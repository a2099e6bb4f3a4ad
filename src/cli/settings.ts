import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type { TrainError } from '../errors/failure.ts'
import { type RunError, runError } from '../errors/runError.ts'
import { decodeFields, encodeFields } from '../spec/codec.ts'
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
  return pipe(changed, E.flatMap(decodeFields))
}

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
