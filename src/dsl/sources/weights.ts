const total = (weights: readonly number[]): number => weights.reduce((sum, weight) => sum + weight, 0)

/** The same weights, summing to 1. */
export const normalised = (weights: readonly number[]): readonly number[] => {
  const all = total(weights)
  return weights.map((weight) => weight / all)
}

/** For each number u of [0, 1) the index that it falls on, index i having a share of `probabilities[i]`. */
export const choose = (probabilities: readonly number[], uniform: Float32Array): readonly number[] => {
  const ends = probabilities.map((_, i) => total(probabilities.slice(0, i + 1)))
  // Rounding may leave the last end below u.
  const last = probabilities.findLastIndex((probability) => probability > 0)
  return Array.from(uniform, (u) => {
    const index = ends.findIndex((end) => u < end)
    return index < 0 ? last : index
  })
}
