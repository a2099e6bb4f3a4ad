/** Ends as a work does; where it fails, a moment later: that a device is lost is known only after what it was asked fails. */
export const afterMoment = async <A>(work: () => Promise<A>): Promise<A> => {
  try {
    return await work()
  } catch (cause) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    throw cause
  }
}
