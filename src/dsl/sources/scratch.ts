/** A reusable buffer for temporary numbers. Each call invalidates the result of the previous one. */
export const createScratch = (): ((length: number) => Float32Array) => {
  let kept = new Float32Array(0)
  return (length) => {
    if (kept.length < length) kept = new Float32Array(length)
    return kept.subarray(0, length)
  }
}
