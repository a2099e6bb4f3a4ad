import { float32At, float64At } from '../../ir/elements.ts'
import { createScratch } from './scratch.ts'
import type { SourceRandom } from './source.ts'

/** Normalises weights to sum 1. */
export const normalised = (weights: readonly number[]): readonly number[] => {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / all)
}

/** Draws an index per sample: index i with probability `probabilities[i]`. The next call overwrites the result. */
export const chooser = (probabilities: readonly number[]): ((count: number, random: SourceRandom) => Float32Array) => {
  const indexAt = finder(probabilities)
  const scratch = createScratch()
  return (count, random) => {
    const chosen = scratch(count)
    random.uniform(chosen)
    for (let i = 0; i < count; i++) chosen[i] = indexAt(float32At(chosen, i))
    return chosen
  }
}

/**
 * Maps u in [0, 1) to an index, where index i has a share of `probabilities[i]`.
 *
 * The search begins at the first index that ends beyond the start of u's bucket, of at least as many equal buckets as there
 * are indices: few are looked at (H.-C. Chen, Y. Asau, On generating random variates from an empirical distribution, AIIE
 * Transactions 6, 1974).
 */
const finder = (probabilities: readonly number[]): ((u: number) => number) => {
  const ends = runningSums(probabilities)
  // Because of rounding, the last cumulative sum may be below u.
  const last = probabilities.findLastIndex((probability) => probability > 0)
  const endOf = (index: number): number => (index < last ? float64At(ends, index) : 1)
  // A power of two, so that u's bucket is exact.
  const buckets = 2 ** Math.ceil(Math.log2(probabilities.length))
  const starts = new Uint32Array(buckets)
  for (let bucket = 0, index = 0; bucket < buckets; bucket++) {
    while (endOf(index) <= bucket / buckets) index++
    starts[bucket] = index
  }
  return (u) => {
    let index = starts[Math.floor(u * buckets)] ?? last
    while (endOf(index) <= u) index++
    return index
  }
}

const runningSums = (values: readonly number[]): Float64Array => {
  let sum = 0
  return Float64Array.from(values, (value) => {
    sum += value
    return sum
  })
}
