/** The WebAssembly module that draws random numbers: see `assembly/random.ts`. The same in Node and in a page. */
import { philoxModule } from './philox.generated.ts'

/** An instance: a buffer of words, and functions that work on its start. */
export interface Philox {
  /** How many words the buffer holds. */
  readonly capacity: number
  /** The buffer as the words that `bits` writes. */
  readonly words: Uint32Array
  /** The buffer as the floats that `uniform` and `normal` write. */
  readonly floats: Float32Array
  /** Writes Philox 4x32-10's blocks for the counters (c0, c1, c2, c3) + 0, 1, ..., which count in (c0, c1); the key is (k0, k1). */
  readonly bits: (c0: number, c1: number, c2: number, c3: number, k0: number, k1: number, blocks: number) => void
  /** Replaces words x by (x >>> 8) / 2^24. */
  readonly uniform: (words: number) => void
  /** Replaces words x by the standard normal's quantile (x + 1/2) / 2^32. */
  readonly normal: (words: number) => void
}

type Exports = Pick<Philox, 'bits' | 'uniform' | 'normal'> & { readonly memory: WebAssembly.Memory }

const capacity = 8192

/** A new instance. The module is small enough (< 4 KB) that a page may compile it at once. */
export const createPhilox = (): Philox => {
  const bytes = Uint8Array.from(atob(philoxModule), (character) => character.charCodeAt(0))
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes))
  // TypeScript does not know the exports of a WebAssembly module. These are those of assembly/random.ts.
  const { memory, bits, uniform, normal } = instance.exports as unknown as Exports
  const words = new Uint32Array(memory.buffer, 0, capacity)
  const floats = new Float32Array(memory.buffer, 0, capacity)
  return { capacity, words, floats, bits, uniform, normal }
}
