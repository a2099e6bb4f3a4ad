/** A queue shared by all backends of a page, because the library does one thing at a time. */
let last: Promise<unknown> = Promise.resolve()

/** Runs a task after all earlier ones have settled. */
export const inTurn = <A>(work: () => Promise<A>): Promise<A> => {
  const mine = last.then(work)
  last = mine.catch(() => {})
  return mine
}
