/** Milliseconds between lines of progress. */
const pause = 2000

/** Says when a line of progress is due: at most one each two seconds, but for those that must be shown. */
export const createThrottle = ({ first }: { readonly first: 'at once' | 'later' }): ((must?: boolean) => boolean) => {
  let next = first === 'later' ? performance.now() + pause : 0
  return (must = false) => {
    const now = performance.now()
    if (now < next && !must) return false
    next = now + pause
    return true
  }
}
