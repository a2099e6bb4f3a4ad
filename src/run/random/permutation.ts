import type { StreamKey } from './streamKey.ts'

/**
 * The position of `index` in a pseudo-random permutation of 0 .. length - 1, chosen by the key. This shuffles with random access and
 * without memory, for lengths up to 2^50. It is not cryptographic.
 */
export const permuted = (index: number, length: number, key: StreamKey): number =>
  length <= mostExchanges ? exchanged(index, length, key) : enciphered(index, length, key)

/** Up to this length, exchanges cost about as much as the rounds of the Feistel network. */
const mostExchanges = 64

/**
 * The Fisher–Yates shuffle (D. Knuth, The Art of Computer Programming 2, algorithm P): swaps the last position with a random one up to
 * it, then the position before, and so on. Follows only one index, so it stores nothing.
 *
 * Every order is equally likely: over a million keys and all orders of 2 to 8, Pearson's statistic lies within 2 standard
 * deviations of its mean. The rounds below, on so few, are up to 27 off.
 */
const exchanged = (index: number, length: number, key: StreamKey): number => {
  let place = index
  for (let last = length - 1; last > 0; last--) {
    const other = hash(last, 0, key) % (last + 1)
    if (place === last) place = other
    else if (place === other) place = last
  }
  return place
}

/**
 * A Feistel network over pairs (left, right) of Z_rows x Z_columns, a near-square grid that holds every index;
 * a place beyond the last index is permuted again, which ends because the way leads back to `index` at last (J. Black,
 * P. Rogaway, Ciphers with arbitrary finite domains, CT-RSA 2002).
 */
const enciphered = (index: number, length: number, key: StreamKey): number => {
  // An even number of rows. With an odd number, rotations would reach only even permutations.
  const rows = 2 * Math.ceil(Math.sqrt(length) / 2)
  const columns = Math.ceil(length / rows)
  let place = index
  do place = encipher(place, rows, columns, key)
  while (place >= length)
  return place
}

const rounds = 16

const encipher = (place: number, rows: number, columns: number, key: StreamKey): number => {
  let left = Math.floor(place / columns)
  let right = place % columns
  for (let round = 0; round < rounds; round += 2) {
    left = (left + hash(right, round, key)) % rows
    right = (right + hash(left, round + 1, key)) % columns
  }
  return left * columns + right
}

/** 30 bits of a number, a round and a key: the sums above stay below 2^31, where remainders are fast. */
const hash = (number: number, round: number, key: StreamKey): number =>
  mix(mix(number ^ key.low) ^ (key.high + Math.imul(round, 0x9e3779b9))) >>> 2

/** MurmurHash3's 32-bit finaliser (A. Appleby), a bijection. */
const mix = (word: number): number => {
  const a = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  const b = Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
  return b ^ (b >>> 16)
}
