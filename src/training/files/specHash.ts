import { createHash } from 'node:crypto'
import { encode } from '../../dsl/codec.ts'
import type { GameSpec } from '../../dsl/spec.ts'
import { mapPaths } from './paths.ts'

/**
 * SHA-256, in hex, of all of a game that its numbers depend on. How many steps it is played does not change a step, and
 * data files are told by the hashes of their own.
 */
export const specHash = (game: GameSpec): string =>
  createHash('sha256')
    .update(JSON.stringify(encode({ ...mapPaths(game, () => ''), steps: 0 })))
    .digest('hex')
