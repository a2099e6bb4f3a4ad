import type { TFEOpAttr } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js'
import type { Api, Pointer } from './api.ts'

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

type Setter = (api: Api, op: Pointer, name: string, value: TFEOpAttr['value']) => void

const setString: Setter = (api, op, name, value) => {
  const bytes = Buffer.from(String(value))
  api.TFE_OpSetAttrString(op, name, bytes, bytes.length)
}

/** Only of these do tfjs's kernels make lists. */
const setInt: Setter = (api, op, name, value) => {
  if (Array.isArray(value)) api.TFE_OpSetAttrIntList(op, name, value, value.length)
  else api.TFE_OpSetAttrInt(op, name, Number(value))
}

const setters: ReadonlyMap<number, Setter> = new Map([
  [attributeTypes.TF_ATTR_STRING, setString],
  [attributeTypes.TF_ATTR_INT, setInt],
  [attributeTypes.TF_ATTR_FLOAT, (api, op, name, value) => api.TFE_OpSetAttrFloat(op, name, Number(value))],
  [attributeTypes.TF_ATTR_BOOL, (api, op, name, value) => api.TFE_OpSetAttrBool(op, name, Number(value))],
  [attributeTypes.TF_ATTR_TYPE, (api, op, name, value) => api.TFE_OpSetAttrType(op, name, Number(value))],
])

/** Tells an op one of its attributes. */
export const setAttribute = (api: Api, op: Pointer, { name, type, value }: TFEOpAttr): void => {
  const set = setters.get(type)
  if (set === undefined) throw new Error(`attribute '${name}' is of TensorFlow's kind ${type}, which is not supported`)
  set(api, op, name, value)
}
