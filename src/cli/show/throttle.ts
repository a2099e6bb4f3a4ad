/** The milliseconds between lines of progress. */
const pause = 2000

/** Decides when to print a line of progress: at most one every two seconds, except those that must be shown. */
export const createThrottle = ({ first }: { readonly first: 'at once' | 'later' }): ((must?: boolean) => boolean) => {
  let next = first === 'later' ? performance.now() + pause : 0
  return (must = false) => {
    const now = performance.now()
    if (now < next && !must) return false
    next = now + pause
    return true
  }
}
