import type { Backend } from '../core/backend.ts'
import type { Device } from './device.ts'
import { storesOn } from './store.ts'

/** A backend on the kernels of tfjs that a device names. */
export const tfjsBackend = (device: Device): Backend => ({
  info: device.info,
  store: storesOn(device),
  ...(device.dispose === undefined ? {} : { dispose: device.dispose }),
})
