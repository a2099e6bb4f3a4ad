/**
 * Random numbers by counter: element i of a stream at a step depends on (seed, stream, step, i) alone, so any number can be
 * drawn again, in any order, in pieces of any size, on any machine, to the last bit.
 *
 * Element i is word i mod 4 of the Philox 4x32-10 block with counter (b, b >>> 32, step, step >>> 32), b = floor(i / 4),
 * under the stream's key (J. Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC11, 2011).
 */
import { createPhilox } from './philox.ts'
import type { StreamKey } from './streamKey.ts'

/** Fills `out` with elements first, first + 1, ... of a stream at a step; `step` and `first` are safe integers from 0. */
type Draw<A> = (key: StreamKey, step: number, first: number, out: A) => void

export interface Random {
  /** Words x, uniform on 0 .. 2^32 - 1. */
  readonly bits: Draw<Uint32Array>
  /** `(x >>> 8) / 2^24` of the same words: uniform on [0, 1), exact in float32. */
  readonly uniform: Draw<Float32Array>
  /** The standard normal's quantile (x + 1/2) / 2^32 of the same words: within 4.5 units in the last place of float32. */
  readonly normal: Draw<Float32Array>
}

/** Creates a random number generator. Its only state is a scratch buffer, which callers can't observe. */
export const createRandom = (): Random => {
  const philox = createPhilox()

  const draw =
    <A extends Uint32Array | Float32Array>(buffer: A, transform: (words: number) => void): Draw<A> =>
    (key, step, first, out) => {
      if (!isCounter(step) || !isCounter(first)) throw new RangeError(`no counters: step ${step}, element ${first}`)
      const [stepLow, stepHigh] = halves(step)
      // The first block may start before the first element.
      const before = first % 4
      let written = 0
      while (written < out.length) {
        const start = written === 0 ? before : 0
        const words = Math.min(start + out.length - written, philox.capacity)
        const [low, high] = halves(Math.floor((first + written) / 4))
        philox.bits(low, high, stepLow, stepHigh, key.low, key.high, Math.ceil(words / 4))
        transform(words)
        out.set(buffer.subarray(start, words), written)
        written += words - start
      }
    }

  return {
    bits: draw(philox.words, () => {}),
    uniform: draw(philox.floats, philox.uniform),
    normal: draw(philox.floats, philox.normal),
  }
}

const isCounter = (n: number): boolean => Number.isSafeInteger(n) && n >= 0

const halves = (counter: number): readonly [number, number] => [counter >>> 0, Math.floor(counter / 2 ** 32)]
