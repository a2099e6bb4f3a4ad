import type { TFEOpAttr } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js'
import type { Api, Pointer } from './api.ts'
import type { Status } from './status.ts'

/** The numbers that TensorFlow's C API gives to the kinds of an op's attributes, under the names that tfjs asks for. */
export const attributeTypes = {
  TF_ATTR_STRING: 0,
  TF_ATTR_INT: 1,
  TF_ATTR_FLOAT: 2,
  TF_ATTR_BOOL: 3,
  TF_ATTR_TYPE: 4,
  TF_ATTR_SHAPE: 5,
  TF_ATTR_RESOURCE: 8,
} as const

type Setter = (api: Api, op: Pointer, name: string, value: TFEOpAttr['value'], status: Status) => void

/** A list where tfjs gives one. */
const numbers = (value: TFEOpAttr['value']): readonly number[] | undefined =>
  Array.isArray(value) ? value.map(Number) : undefined

const setString: Setter = (api, op, name, value) => {
  const bytes = Buffer.from(String(value))
  api.TFE_OpSetAttrString(op, name, bytes, bytes.length)
}

const setInt: Setter = (api, op, name, value) => {
  const list = numbers(value)
  if (list === undefined) api.TFE_OpSetAttrInt(op, name, Number(value))
  else api.TFE_OpSetAttrIntList(op, name, list, list.length)
}

const setFloat: Setter = (api, op, name, value) => {
  const list = numbers(value)
  if (list === undefined) api.TFE_OpSetAttrFloat(op, name, Number(value))
  else api.TFE_OpSetAttrFloatList(op, name, list, list.length)
}

const setBool: Setter = (api, op, name, value) => {
  const list = numbers(value)
  if (list === undefined) api.TFE_OpSetAttrBool(op, name, Number(value))
  else api.TFE_OpSetAttrBoolList(op, name, list, list.length)
}

const setType: Setter = (api, op, name, value) => api.TFE_OpSetAttrType(op, name, Number(value))

const setShape: Setter = (api, op, name, value, status) => {
  const sizes = numbers(value) ?? []
  api.TFE_OpSetAttrShape(op, name, sizes, sizes.length, status.pointer)
  status.check()
}

const setters: ReadonlyMap<number, Setter> = new Map([
  [attributeTypes.TF_ATTR_STRING, setString],
  [attributeTypes.TF_ATTR_INT, setInt],
  [attributeTypes.TF_ATTR_FLOAT, setFloat],
  [attributeTypes.TF_ATTR_BOOL, setBool],
  [attributeTypes.TF_ATTR_TYPE, setType],
  [attributeTypes.TF_ATTR_SHAPE, setShape],
])

/** Tells an op one of its attributes. */
export const setAttribute = (api: Api, op: Pointer, { name, type, value }: TFEOpAttr, status: Status): void => {
  const set = setters.get(type)
  if (set === undefined) throw new Error(`attribute '${name}' is of TensorFlow's kind ${type}, which is not supported`)
  set(api, op, name, value, status)
}
