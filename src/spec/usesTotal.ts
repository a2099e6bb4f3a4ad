import type { GameSpec } from './spec.ts'

/** Whether a game depends on its number of steps, because it contains `progress`. */
export const usesTotal = (game: GameSpec): boolean => {
  const seen = new Set<object>()
  const mentions = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return false
    seen.add(value)
    return ('op' in value && value.op === 'progress') || Object.values(value).some(mentions)
  }
  return mentions(game)
}
