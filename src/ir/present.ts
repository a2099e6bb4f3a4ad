/** The value, which our own code has put there: where it is absent an invariant is broken, whatever a user wrote. */
export const present = <A>(value: A | undefined, what: string): A => {
  if (value === undefined) throw new Error(`broken invariant: there is no ${what}`)
  return value
}
