/** Throws if a condition does not hold. That is always a bug of this package, never a mistake of a user. */
export const invariant: (condition: boolean, message: () => string) => asserts condition = (condition, message) => {
  if (!condition) throw new Error(`broken invariant: ${message()}`)
}

/** The value, which must be there: its absence is a bug of this package. `what` names it. */
export const present = <A>(value: A | null | undefined, what: string): A => {
  if (value === undefined || value === null) throw new Error(`broken invariant: ${what} is missing`)
  return value
}

/** The element at an index that must exist. */
export const at = <A>(items: ArrayLike<A>, index: number): A => {
  const item = items[index]
  if (item === undefined) throw new Error(`broken invariant: no element ${index} among ${items.length}`)
  return item
}
