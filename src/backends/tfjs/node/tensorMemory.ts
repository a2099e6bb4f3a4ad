import type { backend_util } from '@tensorflow/tfjs-core'
import type * as Koffi from 'koffi'
import { type Shape, showShape, size } from '../../../ir/program.ts'
import type { Api, Pointer } from './api.ts'
import { elementOf } from './dataTypes.ts'
import type { Status } from './status.ts'

/** Copies values between JavaScript and TensorFlow. */
export const tensorMemory = (koffi: Pick<typeof Koffi, 'decode' | 'encode'>, api: Api, status: Status) => ({
  /** The handle of a new tensor in the host's memory. */
  write: (shape: Shape, dataType: number, values: backend_util.BackendValues): Pointer => {
    const { type, bytes } = elementOf(dataType)
    const count = size(shape)
    if (values.length !== count) throw new Error(`${values.length} values do not make a tensor ${showShape(shape)}`)
    const tensor = api.TF_AllocateTensor(dataType, shape, shape.length, count * bytes)
    try {
      if (count > 0) koffi.encode(api.TF_TensorData(tensor), type, values, count)
      const handle = api.TFE_NewTensorHandle(tensor, status.pointer)
      status.check()
      return handle
    } finally {
      api.TF_DeleteTensor(tensor)
    }
  },

  /** A copy of a tensor's values. */
  read: (handle: Pointer): Float32Array | Int32Array | Uint8Array => {
    const { type, bytes } = elementOf(api.TFE_TensorHandleDataType(handle))
    const tensor = api.TFE_TensorHandleResolve(handle, status.pointer)
    status.check()
    try {
      return koffi.decode(api.TF_TensorData(tensor), type, api.TF_TensorByteSize(tensor) / bytes)
    } finally {
      api.TF_DeleteTensor(tensor)
    }
  },
})
