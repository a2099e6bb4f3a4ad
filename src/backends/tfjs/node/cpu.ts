import { startRow } from './start.ts'

/** `@tensorflow/tfjs-node` on libtensorflow, on the CPU. */
export const start = startRow({ name: 'tfjs-node', gpu: false })
