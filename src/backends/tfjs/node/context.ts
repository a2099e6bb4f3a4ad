import { PbfWriter } from 'pbf'
import type { Api, Pointer } from './api.ts'
import type { Status } from './status.ts'

/** What TensorFlow may use of the machine. */
export interface Resources {
  readonly threads: number
  readonly gpu: boolean
}

/** TensorFlow's context: what runs ops, and the device on which tensors are put. */
export interface Context {
  readonly pointer: Pointer
  readonly device: string
  readonly usesGpu: boolean
}

const writeCount = ([device, count]: readonly [string, number], pbf: PbfWriter): void => {
  pbf.writeStringField(1, device)
  pbf.writeVarintField(2, count)
}

/** Field numbers are those of TensorFlow's `ConfigProto`: how many devices of a kind to use, and threads within an op. */
const encodeConfig = ({ threads, gpu }: Resources): Uint8Array => {
  const pbf = new PbfWriter()
  if (!gpu) pbf.writeMessage(1, writeCount, ['GPU', 0])
  pbf.writeVarintField(2, threads)
  return pbf.finish()
}

const openContext = (api: Api, status: Status, resources: Resources): Pointer => {
  const options = api.TFE_NewContextOptions()
  try {
    const config = encodeConfig(resources)
    api.TFE_ContextOptionsSetConfig(options, config, config.length, status.pointer)
    status.check()
    const context = api.TFE_NewContext(options, status.pointer)
    status.check()
    return context
  } finally {
    api.TFE_DeleteContextOptions(options)
  }
}

interface NamedDevice {
  readonly type: string
  readonly name: string
}

const listDevices = (api: Api, status: Status, context: Pointer): readonly NamedDevice[] => {
  const list = api.TFE_ContextListDevices(context, status.pointer)
  status.check()
  try {
    return Array.from({ length: api.TF_DeviceListCount(list) }, (_, index) => ({
      type: api.TF_DeviceListType(list, index, status.pointer),
      name: api.TF_DeviceListName(list, index, status.pointer),
    }))
  } finally {
    api.TF_DeleteDeviceList(list)
  }
}

/** A context on a GPU where there is one that it may use, else on the CPU. It lives as long as the process. */
export const createContext = (api: Api, status: Status, resources: Resources): Context => {
  const pointer = openContext(api, status, resources)
  const devices = listDevices(api, status, pointer)
  const gpu = devices.find(({ type }) => type === 'GPU')
  const device = gpu ?? devices.find(({ type }) => type === 'CPU')
  if (device === undefined) throw new Error('libtensorflow lists no device')
  return { pointer, device: device.name, usesGpu: gpu !== undefined }
}
