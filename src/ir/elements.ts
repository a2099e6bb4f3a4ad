const missing = (index: number, length: number): Error =>
  new Error(`broken invariant: no number ${index} among ${length}`)

/** The number at a place, for loops over many: one function for one kind of array, as one for all kinds takes ten times as long. */
export const float32At = (values: Float32Array, index: number): number => {
  const value = values[index]
  if (value === undefined) throw missing(index, values.length)
  return value
}

/** `float32At` of float64 numbers. */
export const float64At = (values: Float64Array, index: number): number => {
  const value = values[index]
  if (value === undefined) throw missing(index, values.length)
  return value
}
