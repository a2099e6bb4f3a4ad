/** A mean over fresh draws and its standard error. */
export interface Estimate {
  readonly value: number
  readonly standardError: number
}

/** The mean of values that were drawn alike, and the standard error of that mean. */
export const estimate = (values: Float32Array | Float64Array): Estimate => {
  let sum = 0
  for (const value of values) sum += value
  const mean = sum / values.length
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  const variance = squares / Math.max(1, values.length - 1)
  return { value: mean, standardError: Math.sqrt(variance / values.length) }
}
