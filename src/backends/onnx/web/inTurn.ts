/** The library is one for all of a page, and does one thing at a time: hence one queue, outside of any backend. */
let last: Promise<unknown> = Promise.resolve()

/** Begins a work when all that were asked for before have ended, well or not. */
export const inTurn = <A>(work: () => Promise<A>): Promise<A> => {
  const mine = last.then(work)
  last = mine.catch(() => {})
  return mine
}
