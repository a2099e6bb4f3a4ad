import type { Backend } from '../core/backend.ts'
import type { Device } from './device.ts'
import { storesOn } from './store.ts'

/** Makes a backend on a device's tfjs kernels. */
export const tfjsBackend = (device: Device): Backend => ({
  info: device.info,
  store: storesOn(device),
  ...(device.dispose === undefined ? {} : { dispose: device.dispose }),
})
