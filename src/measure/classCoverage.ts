/** How samples cover classes that weigh alike. */
export interface ClassCoverage {
  /** Classes that one sample at least is of. */
  readonly found: number
  /** KL(share of samples per class || the uniform distribution) in nats. */
  readonly kl: number
}

/** Each sample is given as the number of its class, from 0 and below `count`. */
export const classCoverage = (samples: readonly number[], count: number): ClassCoverage => {
  const perClass = new Map<number, number>()
  for (const sample of samples) perClass.set(sample, (perClass.get(sample) ?? 0) + 1)
  const shares = [...perClass.values()].map((samplesOfIt) => samplesOfIt / samples.length)
  return { found: perClass.size, kl: shares.reduce((sum, share) => sum + share * Math.log(share * count), 0) }
}

/** The place of the largest number in each row of so many: the class that a classifier's scores are for. */
export const largestOfEach = (scores: Float32Array, width: number): readonly number[] =>
  Array.from({ length: scores.length / width }, (_, row) => {
    const place = scores.subarray(row * width, (row + 1) * width)
    return place.reduce((best, score, i) => (score > (place[best] ?? -Infinity) ? i : best), 0)
  })
