/** Where a walk stands: a value, and those of its parts that are still to be visited. */
interface Open<A> {
  readonly value: A
  readonly parts: Iterator<A>
}

/**
 * Every value that is reached from a root, once, its parts before it. It needs no stack, so that no depth is too much for it;
 * there must be no cycle.
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
