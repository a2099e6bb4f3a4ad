import type { TensorMetadata, TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js'
import type * as Koffi from 'koffi'
import type { Api, Pointer } from './api.ts'
import { attributeTypes, setAttribute } from './attributes.ts'
import { createContext, type Resources } from './context.ts'
import { dataTypes } from './dataTypes.ts'
import { createStatus } from './status.ts'
import { tensorMemory } from './tensorMemory.ts'

/** What tfjs-node asks of what binds it to libtensorflow. */
export interface Binding extends Omit<TFJSBinding, 'TensorMetadata' | 'TFEOpAttr'> {
  /** What it was told to use; upstream's compiled one decides by itself. */
  readonly resources?: Resources
}

const unsupported = (): never => {
  throw new Error('saved models of TensorFlow are not supported')
}

/** The handles of tensors, under the numbers by which tfjs knows them. */
const createHandles = () => {
  const handles = new Map<number, Pointer>()
  let next = 0
  return {
    count: () => handles.size,
    add: (handle: Pointer): number => {
      handles.set(next, handle)
      return next++
    },
    get: (id: number): Pointer => {
      const handle = handles.get(id)
      if (handle === undefined) throw new Error(`there is no tensor ${id}`)
      return handle
    },
    remove: (id: number): boolean => handles.delete(id),
  }
}

/** tfjs-node's binding, on a libtensorflow that is called directly: what upstream's compiled one does, without a compiler. */
export const createBinding = (
  koffi: Pick<typeof Koffi, 'decode' | 'encode'>,
  api: Api,
  resources: Resources,
): Binding => {
  const status = createStatus(api)
  const context = createContext(api, status, resources)
  const memory = tensorMemory(koffi, api, status)
  const handles = createHandles()

  /** TensorFlow wants int32 in the host's memory: shapes, axes and the like are int32. */
  const toDevice = (handle: Pointer, dataType: number): Pointer => {
    if (dataType === dataTypes.TF_INT32) return handle
    try {
      const moved = api.TFE_TensorHandleCopyToDevice(handle, context.pointer, context.device, status.pointer)
      status.check()
      return moved
    } finally {
      api.TFE_DeleteTensorHandle(handle)
    }
  }

  const shapeOf = (handle: Pointer): number[] => {
    const rank = api.TFE_TensorHandleNumDims(handle, status.pointer)
    status.check()
    return Array.from({ length: rank }, (_, axis) => api.TFE_TensorHandleDim(handle, axis, status.pointer))
  }

  const describe = (handle: Pointer): TensorMetadata => ({
    id: handles.add(handle),
    shape: shapeOf(handle),
    dtype: api.TFE_TensorHandleDataType(handle),
  })

  const execute: Binding['executeOp'] = (name, attributes, inputs, outputs) => {
    const op = api.TFE_NewOp(context.pointer, name, status.pointer)
    status.check()
    try {
      for (const input of inputs) {
        api.TFE_OpAddInput(op, handles.get(input), status.pointer)
        status.check()
      }
      for (const attribute of attributes) setAttribute(api, op, attribute)
      const results = new BigUint64Array(outputs)
      api.TFE_Execute(op, results, Int32Array.of(outputs), status.pointer)
      status.check()
      return Array.from(results, describe)
    } finally {
      api.TFE_DeleteOp(op)
    }
  }

  return {
    ...dataTypes,
    ...attributeTypes,
    resources,
    TF_Version: api.TF_Version(),
    isUsingGpuDevice: () => context.usesGpu,
    createTensor: (shape, dataType, values) => handles.add(toDevice(memory.write(shape, dataType, values), dataType)),
    tensorDataSync: (id) => memory.read(handles.get(id)),
    deleteTensor: (id) => {
      api.TFE_DeleteTensorHandle(handles.get(id))
      handles.remove(id)
    },
    executeOp: execute,
    getNumOfTensors: handles.count,
    getNumOfSavedModels: () => 0,
    loadSavedModel: unsupported,
    runSavedModel: unsupported,
    deleteSavedModel: unsupported,
  }
}
