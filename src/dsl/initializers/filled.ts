import { spreadOver } from '../sources/interval.ts'
import type { InitialRandom } from './definition.ts'

/** An array filled with one number. */
export const filled = (count: number, value: number): Float32Array => new Float32Array(count).fill(value)

/** Changes fresh numbers in place, to save memory: nothing else holds them. */
export const changed = (fresh: Float32Array, change: (x: number) => number): Float32Array => {
  fresh.forEach((x, i) => {
    fresh[i] = change(x)
  })
  return fresh
}

/** Independent numbers, uniform on [low, high). */
export const uniformNumbers = (count: number, low: number, high: number, random: InitialRandom): Float32Array =>
  changed(random.uniform(count), spreadOver(low, high))

/** Independent normal numbers of mean 0. */
export const normalNumbers = (count: number, std: number, random: InitialRandom): Float32Array =>
  changed(random.normal(count), (x) => std * x)
