import { createHash } from 'node:crypto'
import { type Change, changesBetween } from '../run/changes.ts'
import { encode } from '../spec/codec.ts'
import type { GameSpec } from '../spec/spec.ts'
import { mapPaths } from './paths.ts'

/** What the hash is of: data is told by its content, the seed by itself, and the number of steps may grow. */
const essence = (game: GameSpec): unknown => encode({ ...mapPaths(game, () => ''), steps: 0, seed: 0 })

/** SHA-256, in hex, of a spec without its seed, its number of steps and the paths of its data. */
export const specHash = (game: GameSpec): string =>
  createHash('sha256')
    .update(JSON.stringify(essence(game)))
    .digest('hex')

/** Where two specs differ in what the hash is of. */
export const specChanges = (was: GameSpec, is: GameSpec): readonly Change[] => changesBetween(essence(was), essence(is))
