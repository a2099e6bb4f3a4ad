declare const brand: unique symbol

/** A key of Philox, 64 bits as two words: it names one stream of numbers per step. */
export interface StreamKey {
  readonly low: number
  readonly high: number
  readonly [brand]: true
}

/**
 * The key of a named stream under a seed (any safe integer). Two pairs (seed, stream) share a key with a probability of about 2^-64.
 *
 * The name, in UTF-8, is hashed by 64-bit FNV-1a (G. Fowler, L. Noll, K.-P. Vo), started from the mixed seed,
 * and the hash is mixed. The mixer, a bijection, is SplitMix64's (G. Steele, D. Lea, C. Flood, Fast splittable pseudorandom
 * number generators, OOPSLA 2014).
 */
export const streamKey = (seed: number, stream: string): StreamKey => {
  const start = fnvOffset ^ mix(BigInt(seed))
  const key = mix(new TextEncoder().encode(stream).reduce(fnv, start))
  const words = { low: Number(key & 0xffffffffn), high: Number(key >> 32n) }
  // The brand exists only as a type.
  return words as StreamKey
}

const fnvOffset = 0xcbf29ce484222325n

const fnv = (hash: bigint, byte: number): bigint => BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)

const mix = (seed: bigint): bigint => {
  const x = BigInt.asUintN(64, seed + 0x9e3779b97f4a7c15n)
  const y = BigInt.asUintN(64, (x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n)
  const z = BigInt.asUintN(64, (y ^ (y >> 27n)) * 0x94d049bb133111ebn)
  return z ^ (z >> 31n)
}
