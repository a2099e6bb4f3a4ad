/** Settles like a task, but a failure comes a moment later. The loss of a device is reported only after its operations fail. */
export const afterMoment = async <A>(work: () => Promise<A>): Promise<A> => {
  try {
    return await work()
  } catch (cause) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    throw cause
  }
}
