/** Numbers that are needed for a moment: each call has room for so many, and what an earlier call got is lost. */
export const createScratch = (): ((length: number) => Float32Array) => {
  let kept = new Float32Array(0)
  return (length) => {
    if (kept.length < length) kept = new Float32Array(length)
    return kept.subarray(0, length)
  }
}
