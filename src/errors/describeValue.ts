import { quoted } from './quoted.ts'

/** A value in a few words, as a message says it after `found`. */
export const describeValue = (u: unknown): string => {
  if (u === undefined) return 'nothing'
  if (u === null) return 'null'
  if (Array.isArray(u)) return u.length === 0 ? 'an empty list' : `a list of ${u.length}`
  if (typeof u === 'string') return quoted(u)
  if (typeof u === 'object') return 'an object'
  return typeof u === 'function' ? 'a function' : String(u)
}
