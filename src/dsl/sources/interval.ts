import { at } from '../../ir/present.ts'

/**
 * The least and the greatest float32 number x with low <= x < high; `undefined` if there is none, or if a bound exceeds float32.
 */
export const float32Within = (low: number, high: number): readonly [number, number] | undefined => {
  if (![low, high].every((bound) => Number.isFinite(Math.fround(bound)))) return undefined
  const least = Math.fround(low) >= low ? Math.fround(low) : nextFloat32(Math.fround(low))
  const greatest = Math.fround(high) < high ? Math.fround(high) : -nextFloat32(-Math.fround(high))
  return Number.isFinite(least) && least <= greatest ? [least, greatest] : undefined
}

/** The next float32 number above a finite one. */
const nextFloat32 = (x: number): number => {
  if (x === 0) return 2 ** -149
  const value = Float32Array.of(x)
  const bits = new Int32Array(value.buffer)
  // Numbers of the same sign are ordered like their bits.
  bits[0] = at(bits, 0) + (x > 0 ? 1 : -1)
  return at(value, 0)
}

/**
 * Maps u, uniform on [0, 1), to float32 numbers in [low, high). `low + (high - low) u` may round to `high`, or below a `low` that is not
 * a float32 number; then takes the nearest number inside.
 */
export const spreadOver = (low: number, high: number): ((u: number) => number) => {
  const within = float32Within(low, high)
  const spread = (u: number): number => Math.fround(low + (high - low) * u)
  if (within === undefined) return spread
  const [least, greatest] = within
  return (u) => Math.min(Math.max(spread(u), least), greatest)
}
