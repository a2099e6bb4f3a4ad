import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

/**
 * How long two processors take to hear of one another: of a virtual machine, the host may put them side by side or far apart, and
 * change its mind. What two threads share in small pieces then takes half as long again.
 */

const exchanges = 20_000

/** One side of a game of catch: waits for each odd or each even number, and answers with the next. */
const play = (ball: Int32Array, first: number): void => {
  for (let i = first; i < 2 * exchanges; i += 2) {
    while (Atomics.load(ball, 0) !== i);
    Atomics.store(ball, 0, i + 1)
  }
}

/** Nanoseconds from one thread to another and back. There must be two processors. */
export const roundTrip = async (): Promise<number> => {
  const ball = new Int32Array(new SharedArrayBuffer(4))
  // Ahead of the first number, so that the other is there when the clock starts.
  Atomics.store(ball, 0, -1)
  const other = new Worker(new URL(import.meta.url), { workerData: ball })
  await new Promise((resolve) => other.once('message', resolve))
  const start = performance.now()
  Atomics.store(ball, 0, 0)
  play(ball, 0)
  while (Atomics.load(ball, 0) !== 2 * exchanges);
  const nanoseconds = (1e6 * (performance.now() - start)) / exchanges
  await other.terminate()
  return nanoseconds
}

if (!isMainThread && workerData instanceof Int32Array) {
  parentPort?.postMessage('here')
  play(workerData, 1)
}
