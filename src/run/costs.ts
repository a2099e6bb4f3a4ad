import type { Floats } from '../ir/hostTensor.ts'
import { present } from '../ir/present.ts'

/** Each player's cost, step after step. */
export type Costs = { readonly [player: string]: Floats }

/** The number of steps before the first non-finite cost. */
export const goodSteps = (costs: Costs, count: number): number =>
  Object.values(costs)
    .map((values) => values.findIndex((value) => !Number.isFinite(value)))
    .reduce((least, found) => (found < 0 ? least : Math.min(least, found)), count)

/** Concatenates the costs of several calls. */
export const joined = (parts: readonly Costs[]): Costs => {
  const [first, ...rest] = parts
  if (first === undefined) return {}
  if (rest.length === 0) return first
  const whole = (player: string): Floats => {
    const values = parts.flatMap((part) => [...present(part[player], player)])
    return first[player] instanceof Float64Array ? Float64Array.from(values) : Float32Array.from(values)
  }
  return Object.fromEntries(Object.keys(first).map((player) => [player, whole(player)]))
}
