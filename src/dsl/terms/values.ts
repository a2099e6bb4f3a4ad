/** Numbers in row-major order, as a user has them: a list, lists within lists, or a typed array. */
export type Values =
  | readonly number[]
  | readonly Values[]
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array

const isNested = (values: readonly number[] | readonly Values[]): values is readonly Values[] =>
  values.some((value) => typeof value === 'object')

/** The numbers as a spec holds them, one flat list. */
export const flatValues = (values: Values): readonly number[] => {
  if (ArrayBuffer.isView(values)) return Array.from(values)
  // Unchecked code may give anything, which the check of the spec reports.
  return Array.isArray(values) && isNested(values) ? values.flatMap(flatValues) : (values as readonly number[])
}
