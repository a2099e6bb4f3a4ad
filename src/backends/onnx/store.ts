import type { Backend } from '../core/backend.ts'
import { createStore } from '../core/store.ts'
import { compile } from './executable.ts'
import { memoryOf } from './memory.ts'
import type { Runtime } from './runtime.ts'

/** How a runtime makes stores. */
export const storesOn = (runtime: Runtime): Backend['store'] =>
  createStore(memoryOf(runtime), (program) => compile(runtime, program))
