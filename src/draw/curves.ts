import type { Image } from '../io/formats/image.ts'
import { at as elementAt } from '../ir/present.ts'
import type { Layout } from './layout.ts'

/** Sequences of one length, one after the other. */
export interface Sequences {
  readonly count: number
  readonly length: number
  readonly values: Float32Array
}

/** A curve's place in pixels. */
export const curveCell = { width: 192, height: 96, padding: 4 } as const

const [paper, panel, ink] = [225, 255, 45]

/** Each sequence as a curve over its place, from the lower end of the range to the upper one; what is beyond is clipped. */
export const curves = (
  { count, length, values }: Sequences,
  { columns }: Pick<Layout, 'columns'>,
  range: readonly [number, number],
): Image => {
  const { width, height, padding } = curveCell
  const [stepX, stepY] = [width + padding, height + padding]
  const size = { width: padding + columns * stepX, height: padding + Math.ceil(count / columns) * stepY }
  const data = new Uint8Array(size.width * size.height).fill(paper)
  for (let curve = 0; curve < count; curve++) {
    const left = padding + (curve % columns) * stepX
    const top = padding + Math.floor(curve / columns) * stepY
    for (let y = 0; y < height; y++)
      data.fill(panel, (top + y) * size.width + left, (top + y) * size.width + left + width)
    const sequence = values.subarray(curve * length, (curve + 1) * length)
    for (let x = 0; x < width; x++) {
      const span = reached(sequence, x / width, (x + 1) / width)
      if (span === undefined) continue
      const [lowest, highest] = [pixel(span.high, range, height), pixel(span.low, range, height)]
      for (let y = lowest; y <= highest; y++) data[(top + y) * size.width + left + x] = ink
    }
  }
  return { ...size, channels: 1, data }
}

/** Down from the top of a cell, within it. */
const pixel = (value: number, [low, high]: readonly [number, number], height: number): number =>
  Math.min(Math.max(Math.round((1 - (value - low) / (high - low)) * (height - 1)), 0), height - 1)

/** Between which values the curve through a sequence is, from one part of its length to another; none where it has no number. */
const reached = (sequence: Float32Array, from: number, to: number): { low: number; high: number } | undefined => {
  const last = sequence.length - 1
  const ends = [from * last, to * last] as const
  const at = (place: number): number => {
    const [before, after] = [elementAt(sequence, Math.floor(place)), elementAt(sequence, Math.ceil(place))]
    return before + (after - before) * (place - Math.floor(place))
  }
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const see = (value: number): void => {
    if (Number.isNaN(value)) return
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  see(at(ends[0]))
  see(at(ends[1]))
  for (let i = Math.ceil(ends[0]); i <= ends[1]; i++) see(elementAt(sequence, i))
  return low <= high ? { low, high } : undefined
}
