/** How often each item occurs in a list, in the order of first occurrence. */
export const counted = <A>(items: Iterable<A>): ReadonlyMap<A, number> => {
  const counts = new Map<A, number>()
  for (const item of items) {
    const before = counts.get(item)
    counts.set(item, before === undefined ? 1 : before + 1)
  }
  return counts
}
