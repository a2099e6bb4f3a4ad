/** How often each item stands in a list, in the order in which they first do. */
export const counted = <A>(items: Iterable<A>): ReadonlyMap<A, number> => {
  const counts = new Map<A, number>()
  for (const item of items) {
    const before = counts.get(item)
    counts.set(item, before === undefined ? 1 : before + 1)
  }
  return counts
}
