/** Random numbers for tests alone (mulberry32, and Box and Muller's transform); each call goes on where the last ended. */
export const generator = (seed: number) => {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let x = Math.imul(state ^ (state >>> 15), 1 | state)
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
    return ((x ^ (x >>> 14)) >>> 8) / 2 ** 24
  }
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return {
    uniform: (count: number): Float32Array => Float32Array.from({ length: count }, next),
    normal: (count: number): Float32Array => Float32Array.from({ length: count }, normal),
  }
}
