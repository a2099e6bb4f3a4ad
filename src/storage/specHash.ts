import { createHash } from 'node:crypto'
import { type Change, changesBetween } from '../run/changes.ts'
import { encodeFields } from '../spec/codec.ts'
import { share } from '../spec/sharedTerms.ts'
import type { GameSpec } from '../spec/spec.ts'
import { mapPaths } from './paths.ts'

/** The hashed part of a spec: without paths, as data have hashes of their own; without the seed, which is compared by itself; without steps, which may grow. */
const essence = (game: GameSpec): GameSpec => ({ ...mapPaths(game, () => ''), steps: 0, seed: 0 })

/** The SHA-256, in hex, of a spec without its seed, its number of steps and the paths of its data. */
export const specHash = (game: GameSpec): string => {
  const { value, table } = share(encodeFields(essence(game)))
  const whole = table.length > 0 ? { ...Object(value), shared: table } : value
  return createHash('sha256').update(JSON.stringify(whole)).digest('hex')
}

/** The differences between two specs in the hashed part. */
export const specChanges = (was: GameSpec, is: GameSpec): readonly Change[] =>
  changesBetween(encodeFields(essence(was)), encodeFields(essence(is)))
