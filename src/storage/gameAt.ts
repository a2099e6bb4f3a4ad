import * as E from '#fp-ts/Either'
import type { InvalidSpec } from '../errors/invalidSpec.ts'
import { applied, reverted } from '../run/changes.ts'
import { changesFrom, stretches } from '../run/history.ts'
import { decodeFields, encodeFields } from '../spec/codec.ts'
import type { GameSpec } from '../spec/spec.ts'
import type { RunInfo } from './runInfo.ts'
import { specHash } from './specHash.ts'

/** The game that a run played at a step: its present game with all later changes undone. */
export const gameAt = (info: RunInfo, game: GameSpec, step: number): E.Either<InvalidSpec, GameSpec> => {
  const changes = changesFrom(info, step)
  return changes.length === 0 ? E.right(game) : decodeFields(reverted(encodeFields(game), changes))
}

/**
 * The game that a run plays now, given its spec.json. If the process was killed between writing run.json and spec.json, spec.json
 * lacks the last change.
 */
export const nowPlayed = (info: RunInfo, game: GameSpec): GameSpec => {
  if (specHash(game) === info.spec) return game
  const changes = stretches(info).at(-1)?.changes
  if (changes === undefined) return game
  const changed = decodeFields(applied(encodeFields(game), changes))
  return E.isRight(changed) && specHash(changed.right) === info.spec ? changed.right : game
}
