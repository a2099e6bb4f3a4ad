const low32 = 0xffffffffn

type Counter = readonly [bigint, bigint, bigint, bigint]
type Key = readonly [bigint, bigint]

/** Philox 4x32-10 as its paper writes it (J. Salmon et al., SC11, 2011, section 3.3): the oracle of the tests. */
export const philox = (counter: readonly number[], key: readonly number[]): readonly number[] => {
  const [c0 = 0n, c1 = 0n, c2 = 0n, c3 = 0n] = counter.map(BigInt)
  const [k0 = 0n, k1 = 0n] = key.map(BigInt)
  return rounds(10, [c0, c1, c2, c3], [k0, k1]).map(Number)
}

const rounds = (count: number, [c0, c1, c2, c3]: Counter, [k0, k1]: Key): Counter => {
  if (count === 0) return [c0, c1, c2, c3]
  const p0 = c0 * 0xd2511f53n
  const p1 = c2 * 0xcd9e8d57n
  const mixed: Counter = [(p1 >> 32n) ^ c1 ^ k0, p1 & low32, (p0 >> 32n) ^ c3 ^ k1, p0 & low32]
  return rounds(count - 1, mixed, [(k0 + 0x9e3779b9n) & low32, (k1 + 0xbb67ae85n) & low32])
}
