import type { Backend } from '../core/backend.ts'
import { createStore } from '../core/store.ts'
import { compile } from './executable.ts'
import { memoryOf } from './memory.ts'
import type { Runtime } from './runtime.ts'

/** Makes stores of a runtime. */
export const storesOn = (runtime: Runtime): Backend['store'] =>
  createStore(memoryOf(runtime), (program) => compile(runtime, program))
