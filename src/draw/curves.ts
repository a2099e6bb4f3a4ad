import type { Image } from '../io/formats/image.ts'
import { at as elementAt } from '../ir/present.ts'
import type { Layout } from './layout.ts'

/** Sequences of equal length, stored one after the other. */
export interface Sequences {
  readonly count: number
  readonly length: number
  readonly values: Float32Array
}

/** The size of a curve's cell in pixels. */
export const curveCell = { width: 192, height: 96, padding: 4 } as const

const [paper, panel, ink] = [225, 255, 45]

/** Draws each sequence as a curve in its cell, scaled to the range. Values outside the range are clipped. */
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

/** The vertical pixel of a value, from the top of its cell, clipped to the cell. */
const pixel = (value: number, [low, high]: readonly [number, number], height: number): number =>
  Math.min(Math.max(Math.round((1 - (value - low) / (high - low)) * (height - 1)), 0), height - 1)

/** The lowest and highest value of the curve between two positions of a sequence; `undefined` if it has no finite number there. */
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
