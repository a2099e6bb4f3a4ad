/** Typed arrays hold only numbers, so they count as leaves. */
const isNested = (u: unknown): u is object => typeof u === 'object' && u !== null && !ArrayBuffer.isView(u)

/** Whether objects and arrays are nested more than `limit` deep. Uses no recursion, and visits a shared object once. */
export const isDeeperThan = (limit: number, u: unknown): boolean => {
  let level = new Set([u].filter(isNested))
  for (let depth = 0; depth < limit && level.size > 0; depth++)
    level = new Set([...level].flatMap((object) => Object.values(object).filter(isNested)))
  return level.size > 0
}
