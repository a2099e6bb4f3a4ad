/** A mean over fresh draws and its standard error. */
export interface Estimate {
  readonly value: number
  readonly standardError: number
}

/** The mean of values that were drawn alike, and the standard error of that mean. */
export const estimate = (values: Float32Array): Estimate => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1)
  return { value: mean, standardError: Math.sqrt(variance / values.length) }
}
