import type { Program } from '../../ir/program.ts'

/** Measured with steps of 20,000 to 45,000 nodes on one thread; see the test of slow preparation. */
const secondsPerSquare = 2e-8

/**
 * Estimates the seconds that onnxruntime takes to open a program. Its optimisation and memory planning grow quadratically with the number
 * of nodes. All other work, and that of the reference backend, grows linearly.
 */
export const secondsToPrepare = ({ nodes }: Program): number => secondsPerSquare * nodes.length ** 2
