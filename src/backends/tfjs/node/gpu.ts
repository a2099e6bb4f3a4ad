import { startRow } from './start.ts'

/** `@tensorflow/tfjs-node-gpu` on libtensorflow: on a GPU where CUDA finds one, else on the CPU, which its device says. */
export const start = startRow({ name: 'tfjs-node-gpu', gpu: true })
