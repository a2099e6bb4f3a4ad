import type { Backend } from '../core/backend.ts'
import { createStore } from '../core/store.ts'
import { compile } from './compile.ts'
import type { Device } from './device.ts'
import { memoryOf } from './memory.ts'

/** How a device makes stores. */
export const storesOn = (device: Device): Backend['store'] =>
  createStore(memoryOf(device), (program) => compile(device, program))
