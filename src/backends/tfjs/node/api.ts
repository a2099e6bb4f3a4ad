import type { LibraryHandle } from 'koffi'

/** An address in the memory of the process; where an address is asked for, so may be an array: C sees its elements. */
export type Pointer = bigint

/** What is used of TensorFlow's C API, under its own names: `tensorflow/c/c_api.h` and `tensorflow/c/eager/c_api.h`. */
export interface Api {
  readonly TF_Version: () => string

  readonly TF_NewStatus: () => Pointer
  readonly TF_SetStatus: (status: Pointer, code: number, message: string) => void
  readonly TF_GetCode: (status: Pointer) => number
  readonly TF_Message: (status: Pointer) => string

  readonly TFE_NewContextOptions: () => Pointer
  readonly TFE_ContextOptionsSetConfig: (options: Pointer, proto: Uint8Array, length: number, status: Pointer) => void
  readonly TFE_DeleteContextOptions: (options: Pointer) => void
  readonly TFE_NewContext: (options: Pointer, status: Pointer) => Pointer
  readonly TFE_ContextListDevices: (context: Pointer, status: Pointer) => Pointer
  readonly TF_DeviceListCount: (list: Pointer) => number
  readonly TF_DeviceListName: (list: Pointer, index: number, status: Pointer) => string
  readonly TF_DeviceListType: (list: Pointer, index: number, status: Pointer) => string
  readonly TF_DeleteDeviceList: (list: Pointer) => void

  readonly TF_AllocateTensor: (type: number, shape: readonly number[], rank: number, bytes: number) => Pointer
  readonly TF_TensorData: (tensor: Pointer) => Pointer
  readonly TF_TensorByteSize: (tensor: Pointer) => number
  readonly TF_DeleteTensor: (tensor: Pointer) => void

  readonly TFE_NewTensorHandle: (tensor: Pointer, status: Pointer) => Pointer
  readonly TFE_DeleteTensorHandle: (handle: Pointer) => void
  readonly TFE_TensorHandleCopyToDevice: (handle: Pointer, context: Pointer, device: string, status: Pointer) => Pointer
  readonly TFE_TensorHandleResolve: (handle: Pointer, status: Pointer) => Pointer
  readonly TFE_TensorHandleDataType: (handle: Pointer) => number
  readonly TFE_TensorHandleNumDims: (handle: Pointer, status: Pointer) => number
  readonly TFE_TensorHandleDim: (handle: Pointer, axis: number, status: Pointer) => number

  readonly TFE_NewOp: (context: Pointer, name: string, status: Pointer) => Pointer
  readonly TFE_DeleteOp: (op: Pointer) => void
  readonly TFE_OpAddInput: (op: Pointer, handle: Pointer, status: Pointer) => void
  readonly TFE_OpSetAttrType: (op: Pointer, name: string, type: number) => void
  readonly TFE_OpSetAttrInt: (op: Pointer, name: string, value: number) => void
  readonly TFE_OpSetAttrIntList: (op: Pointer, name: string, values: readonly number[], count: number) => void
  readonly TFE_OpSetAttrFloat: (op: Pointer, name: string, value: number) => void
  readonly TFE_OpSetAttrBool: (op: Pointer, name: string, value: number) => void
  readonly TFE_OpSetAttrString: (op: Pointer, name: string, bytes: Uint8Array, length: number) => void
  /** Writes the handles of the results into an array. */
  readonly TFE_Execute: (op: Pointer, results: BigUint64Array, count: Int32Array, status: Pointer) => void
}

/** Declares a function of a library by its prototype in C; throws where the library lacks it. */
export type Declare = (prototype: string) => ReturnType<LibraryHandle['func']>

export const declareApi = (func: Declare): Api => ({
  TF_Version: func('const char *TF_Version()'),

  TF_NewStatus: func('void *TF_NewStatus()'),
  TF_SetStatus: func('void TF_SetStatus(void *, int, const char *)'),
  TF_GetCode: func('int TF_GetCode(const void *)'),
  TF_Message: func('const char *TF_Message(const void *)'),

  TFE_NewContextOptions: func('void *TFE_NewContextOptions()'),
  TFE_ContextOptionsSetConfig: func('void TFE_ContextOptionsSetConfig(void *, const void *, size_t, void *)'),
  TFE_DeleteContextOptions: func('void TFE_DeleteContextOptions(void *)'),
  TFE_NewContext: func('void *TFE_NewContext(const void *, void *)'),
  TFE_ContextListDevices: func('void *TFE_ContextListDevices(void *, void *)'),
  TF_DeviceListCount: func('int TF_DeviceListCount(const void *)'),
  TF_DeviceListName: func('const char *TF_DeviceListName(const void *, int, void *)'),
  TF_DeviceListType: func('const char *TF_DeviceListType(const void *, int, void *)'),
  TF_DeleteDeviceList: func('void TF_DeleteDeviceList(void *)'),

  TF_AllocateTensor: func('void *TF_AllocateTensor(int, const int64_t *, int, size_t)'),
  TF_TensorData: func('void *TF_TensorData(const void *)'),
  TF_TensorByteSize: func('size_t TF_TensorByteSize(const void *)'),
  TF_DeleteTensor: func('void TF_DeleteTensor(void *)'),

  TFE_NewTensorHandle: func('void *TFE_NewTensorHandle(const void *, void *)'),
  TFE_DeleteTensorHandle: func('void TFE_DeleteTensorHandle(void *)'),
  TFE_TensorHandleCopyToDevice: func('void *TFE_TensorHandleCopyToDevice(void *, void *, const char *, void *)'),
  TFE_TensorHandleResolve: func('void *TFE_TensorHandleResolve(void *, void *)'),
  TFE_TensorHandleDataType: func('int TFE_TensorHandleDataType(void *)'),
  TFE_TensorHandleNumDims: func('int TFE_TensorHandleNumDims(void *, void *)'),
  TFE_TensorHandleDim: func('int64_t TFE_TensorHandleDim(void *, int, void *)'),

  TFE_NewOp: func('void *TFE_NewOp(void *, const char *, void *)'),
  TFE_DeleteOp: func('void TFE_DeleteOp(void *)'),
  TFE_OpAddInput: func('void TFE_OpAddInput(void *, void *, void *)'),
  TFE_OpSetAttrType: func('void TFE_OpSetAttrType(void *, const char *, int)'),
  TFE_OpSetAttrInt: func('void TFE_OpSetAttrInt(void *, const char *, int64_t)'),
  TFE_OpSetAttrIntList: func('void TFE_OpSetAttrIntList(void *, const char *, const int64_t *, int)'),
  TFE_OpSetAttrFloat: func('void TFE_OpSetAttrFloat(void *, const char *, float)'),
  TFE_OpSetAttrBool: func('void TFE_OpSetAttrBool(void *, const char *, uint8_t)'),
  TFE_OpSetAttrString: func('void TFE_OpSetAttrString(void *, const char *, const void *, size_t)'),
  TFE_Execute: func('void TFE_Execute(void *, void *, int *, void *)'),
})
