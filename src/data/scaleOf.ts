import type { Scale } from '../dsl/sources/scale.ts'
import type { Scaling } from '../dsl/sources/scaling.ts'
import { at } from '../ir/present.ts'
import type { ElementType } from './elements.ts'

type Pair = readonly [number, number]

/** The range of the types with few values. */
const whole: { readonly [T in ElementType]?: Pair } = { u8: [0, 255], bool: [0, 1] }

/** Makes a pair's numbers differ, so that a constant channel maps to the first number of `to`. */
const distinct = ([a, b]: Pair): Pair => [a, a === b ? a + Math.max(1, Math.abs(a)) : b]

const extent = (values: ArrayLike<number>, channel: number, channels: number): Pair => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = channel; i < values.length; i += channels) {
    low = Math.min(low, values[i] ?? low)
    high = Math.max(high, values[i] ?? high)
  }
  return [low, high]
}

/** The mean, and the mean plus one standard deviation: they become 0 and 1. Two passes, so that a large mean costs no precision. */
const meanAndAbove = (values: ArrayLike<number>, channel: number, channels: number): Pair => {
  const count = values.length / channels
  let mean = 0
  for (let i = channel; i < values.length; i += channels) mean += at(values, i) / count
  let variance = 0
  for (let i = channel; i < values.length; i += channels) variance += (at(values, i) - mean) ** 2 / count
  return [mean, mean + Math.sqrt(variance)]
}

/** The scale of an array with `channels` channels; `undefined` if the numbers stay as they are. */
export const scaleOf = (
  { type, values }: { readonly type: ElementType; readonly values: ArrayLike<number> },
  channels: number,
  { range, standardise }: Scaling,
): Scale | undefined => {
  const from = (of: (channel: number) => Pair): readonly Pair[] =>
    Array.from({ length: channels }, (_, channel) => distinct(of(channel)))
  if (range !== undefined)
    return { from: from((channel) => whole[type] ?? extent(values, channel, channels)), to: range }
  if (standardise === true) return { from: from((channel) => meanAndAbove(values, channel, channels)), to: [0, 1] }
  return undefined
}
