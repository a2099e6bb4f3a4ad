import { createHash } from 'node:crypto'
import * as O from '#fp-ts/Option'
import { encode } from '../../dsl/codec.ts'
import type { GameSpec } from '../../dsl/spec.ts'
import { mapPaths } from './paths.ts'

/** What must stay as it is in a run: more steps change none that is done, data is told by its content, and the seed by itself. */
const essence = (game: GameSpec): unknown => encode({ ...mapPaths(game, () => ''), steps: 0, seed: 0 })

/** SHA-256, in hex, of a spec without its seed, its number of steps and the paths of its data. */
export const specHash = (game: GameSpec): string =>
  createHash('sha256')
    .update(JSON.stringify(essence(game)))
    .digest('hex')

/** Where two specs differ first in what the hash is of, in words. */
export const specDifference = (was: GameSpec, is: GameSpec): O.Option<string> =>
  difference(essence(was), essence(is), [])

const difference = (was: unknown, is: unknown, path: readonly string[]): O.Option<string> => {
  if (!isRecord(was) || !isRecord(is)) {
    const [before, now] = [brief(was), brief(is)]
    return was === is ? O.none : O.some(`${path.join('.')} was ${before}, now it is ${now}`)
  }
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  const found = keys.map((key) => difference(was[key], is[key], [...path, key])).find(O.isSome)
  if (found !== undefined) return found
  const ordered = Object.keys(was).every((key, i) => key === Object.keys(is)[i])
  return ordered ? O.none : O.some(`the names in ${path.join('.')} were in another order`)
}

const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null

const brief = (value: unknown): string => {
  if (value === undefined) return 'not there'
  const text = JSON.stringify(value)
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`
}
