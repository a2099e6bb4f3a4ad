/** Typed arrays hold numbers alone. */
const isNested = (u: unknown): u is object => typeof u === 'object' && u !== null && !ArrayBuffer.isView(u)

/** Whether objects and arrays stand in each other more than `limit` deep. It needs no stack, and knows an object it saw. */
export const isDeeperThan = (limit: number, u: unknown): boolean => {
  let level = new Set([u].filter(isNested))
  for (let depth = 0; depth < limit && level.size > 0; depth++)
    level = new Set([...level].flatMap((object) => Object.values(object).filter(isNested)))
  return level.size > 0
}
