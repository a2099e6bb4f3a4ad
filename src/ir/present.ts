/** Stops where what must hold does not: a mistake of ours, never of a user. */
export const invariant: (condition: boolean, message: () => string) => asserts condition = (condition, message) => {
  if (!condition) throw new Error(`broken invariant: ${message()}`)
}

/** The value where its absence would be a mistake of ours: `what` names what is missing. */
export const present = <A>(value: A | null | undefined, what: string): A => {
  if (value === undefined || value === null) throw new Error(`broken invariant: ${what} is missing`)
  return value
}

/** The element that is there: an index beyond the end is a broken invariant. */
export const at = <A>(items: ArrayLike<A>, index: number): A => {
  const item = items[index]
  if (item === undefined) throw new Error(`broken invariant: no element ${index} among ${items.length}`)
  return item
}
