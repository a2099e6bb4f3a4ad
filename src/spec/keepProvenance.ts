import * as E from '#fp-ts/Either'
import { identifier } from '../dsl/terms/termParts.ts'
import { checkProvenance } from './checkProvenance.ts'
import type { GameSpec } from './spec.ts'

/** Whether two games have the same players with the same objectives. */
const samePlayers = (one: GameSpec, other: GameSpec): boolean => {
  const identify = identifier()
  const names = Object.keys(one.players)
  return (
    names.length === Object.keys(other.players).length &&
    names.every((name) => {
      const [a, b] = [one.players[name], other.players[name]]
      return a?.goal === b?.goal && a && b && identify(a.objective) === identify(b.objective)
    })
  )
}

/** Keeps the provenance of a changed game, if its formulas still follow from it. */
export const withProvenanceOf = (before: GameSpec, changed: GameSpec): GameSpec => {
  const { provenance } = before
  if (provenance === undefined || !samePlayers(before, changed)) return changed
  const kept = { ...changed, provenance }
  return E.isRight(checkProvenance(kept)) ? kept : changed
}
