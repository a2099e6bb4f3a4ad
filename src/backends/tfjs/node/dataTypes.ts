/** The numbers that TensorFlow's C API gives to element types, under the names that tfjs asks for. */
export const dataTypes = {
  TF_FLOAT: 1,
  TF_INT32: 3,
  TF_UINT8: 4,
  TF_STRING: 7,
  TF_COMPLEX64: 8,
  TF_INT64: 9,
  TF_BOOL: 10,
  TF_RESOURCE: 20,
} as const

/** An element as C sees it. */
interface Element {
  readonly type: 'float' | 'int32_t' | 'uint8_t'
  readonly bytes: number
}

const elements: ReadonlyMap<number, Element> = new Map<number, Element>([
  [dataTypes.TF_FLOAT, { type: 'float', bytes: 4 }],
  [dataTypes.TF_INT32, { type: 'int32_t', bytes: 4 }],
  [dataTypes.TF_UINT8, { type: 'uint8_t', bytes: 1 }],
  [dataTypes.TF_BOOL, { type: 'uint8_t', bytes: 1 }],
])

/** Strings, complex and 64-bit numbers are no part of a step, so they are not there. */
export const elementOf = (dataType: number): Element => {
  const element = elements.get(dataType)
  if (element === undefined) throw new Error(`tensors of TensorFlow's type ${dataType} are not supported`)
  return element
}
