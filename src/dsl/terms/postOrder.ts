/** The state of a walk: a value, and its parts that are still to be visited. */
interface Open<A> {
  readonly value: A
  readonly parts: Iterator<A>
}

/**
 * All values reachable from a root, each once, parts first. Uses no recursion, so any depth is fine. There must be no cycles.
 */
export const postOrder = <A>(root: A, partsOf: (value: A) => Iterable<A>): readonly A[] => {
  const found = new Set<A>()
  const open: Open<A>[] = []
  const enter = (value: A): void => void open.push({ value, parts: partsOf(value)[Symbol.iterator]() })
  enter(root)
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const next = top.parts.next()
    if (next.done === true) {
      found.add(top.value)
      open.pop()
    } else if (!found.has(next.value)) enter(next.value)
  }
  return [...found]
}
