import { list, pair } from '../../codecs/lists.ts'
import { finite } from '../../codecs/numbers.ts'
import { struct } from '../../codecs/struct.ts'

type Pair = readonly [number, number]

/** How the numbers of a file are scaled: for each channel (of the last axis), linearly from the two numbers of `from` to those of `to`. */
export interface Scale {
  readonly from: readonly Pair[]
  readonly to: Pair
}

export const scaleCodec = struct({
  from: list(pair(finite, 'two numbers of the file'), 'a list of pairs, one for each channel'),
  to: pair(finite, 'two numbers: what those become'),
})

/** Linear interpolation that is exact at both ends. */
const moved = (x: number, [a, b]: Pair, [c, d]: Pair): number => {
  const share = (x - a) / (b - a)
  return c * (1 - share) + d * share
}

/** Scales the numbers of a file, channel by channel. Computed in float64 and rounded once. */
export const scaled = ({ from, to }: Scale, values: ArrayLike<number>): Float32Array => {
  const made = new Float32Array(values.length)
  // A loop, because a callback per number takes several times as long.
  for (let i = 0, channel = 0; i < made.length; i++, channel = (channel + 1) % from.length)
    made[i] = moved(values[i] ?? Number.NaN, from[channel] ?? to, to)
  return made
}

/** Scales numbers of samples back to the units of the file. */
export const unscaled = ({ from, to }: Scale, values: ArrayLike<number>): Float64Array => {
  const made = new Float64Array(values.length)
  for (let i = 0, channel = 0; i < made.length; i++, channel = (channel + 1) % from.length)
    made[i] = moved(values[i] ?? Number.NaN, to, from[channel] ?? to)
  return made
}
