const outside = (index: number, length: number): never => {
  throw new Error(`broken invariant: no element ${index} among ${length}`)
}

/** The number at an index that must exist. Called with one array type only, which keeps the interpreter's inner loops fast. */
export const element = (values: Float64Array, index: number): number => values[index] ?? outside(index, values.length)
