import * as E from '#fp-ts/Either'
import type { InvalidSpec } from '../errors/invalidSpec.ts'
import { applied, reverted } from '../run/changes.ts'
import { changesFrom, stretches } from '../run/history.ts'
import { decodeFields, encodeFields } from '../spec/codec.ts'
import type { GameSpec } from '../spec/spec.ts'
import type { RunInfo } from './runInfo.ts'
import { specHash } from './specHash.ts'

/** The game that a run played up to a step, given the one that it plays now: the changes that came later are taken back. */
export const gameAt = (info: RunInfo, game: GameSpec, step: number): E.Either<InvalidSpec, GameSpec> => {
  const changes = changesFrom(info, step)
  return changes.length === 0 ? E.right(game) : decodeFields(reverted(encodeFields(game), changes))
}

/**
 * The game that a run plays now, given that of its spec.json. A kill between the writing of run.json and of spec.json leaves the
 * game before the last change there.
 */
export const nowPlayed = (info: RunInfo, game: GameSpec): GameSpec => {
  if (specHash(game) === info.spec) return game
  const changes = stretches(info).at(-1)?.changes
  if (changes === undefined) return game
  const changed = decodeFields(applied(encodeFields(game), changes))
  return E.isRight(changed) && specHash(changed.right) === info.spec ? changed.right : game
}
