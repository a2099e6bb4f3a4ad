import type { Program } from '../../ir/program.ts'

/** Measured with steps of 20,000 to 45,000 nodes on one thread: see the test of slow preparation. */
const secondsPerSquare = 2e-8

/**
 * Seconds, roughly, that onnxruntime takes to open a program. Its optimisation and its plan of memory grow with the square of
 * the number of nodes; all other work, and the reference backend's, grows in proportion.
 */
export const secondsToPrepare = ({ nodes }: Program): number => secondsPerSquare * nodes.length ** 2
