import type { Image } from '../io/formats/image.ts'
import { extent } from '../ir/numbers.ts'
import { curveCell, curves } from './curves.ts'
import { type Images, imageGrid } from './grid.ts'
import { type Cell, type Layout, layoutOf, mostPixels } from './layout.ts'
import { shrink } from './shrink.ts'

/** Samples of one shape, stored one after the other. */
export interface Drawable {
  readonly shape: readonly number[]
  readonly count: number
  readonly values: Float32Array
  /** The length of a turn, if samples come in turns: it sets the number of columns. */
  readonly turn?: number
}

/** How samples are drawn: as images, or sequences as curves. */
export type Look =
  | { readonly type: 'images'; readonly height: number; readonly width: number; readonly channels: 1 | 3 }
  | { readonly type: 'curves'; readonly length: number }

/** The shortest list that is drawn as a sequence. Shorter ones are points, or rows of a table. */
const fewest = 17

/**
 * How to draw samples of a shape; `undefined` if they can't be drawn. `[height, width, 1 or 3]` are images. `[n]`, `[n, 1]` and images
 * of one row and one channel are sequences, if they have at least 17 numbers.
 */
export const lookOf = (shape: readonly number[]): Look | undefined => {
  const [first = 0, second = 1, channels = 1] = shape
  const length = shape.length === 3 ? second : first
  const isLine = shape.length === 3 ? first === 1 && channels === 1 : shape.length > 0 && second === 1
  if (isLine && shape.length <= 3 && length >= fewest) return { type: 'curves', length }
  return shape.length === 3 && (channels === 1 || channels === 3)
    ? { type: 'images', height: first, width: second, channels }
    : undefined
}

/** How much an image is enlarged or shrunk, by whole factors. */
interface Zoom {
  readonly scale: number
  readonly factor: number
}

/** The most pixels to which an image is enlarged, in width and in height. */
const mostEnlarged = 512

const zoomOf = ({ height, width }: Pick<Images, 'height' | 'width'>, wanted: number, padding: number): Zoom => {
  const longest = Math.max(height, width)
  return {
    scale: Math.max(1, Math.min(wanted, Math.floor(mostEnlarged / longest))),
    factor: Math.max(1, Math.ceil(longest / (mostPixels - 2 * padding))),
  }
}

export interface PictureOptions {
  /** The values of black and white in images. Curves span at least this range, and more if their values do. */
  readonly range: readonly [number, number]
  /** How many pixels wide an image's pixel becomes, unless the image gets too large. */
  readonly scale: number
  readonly padding: number
}

/** The scale that gives a side about `pixels` pixels. Curves have a fixed size. */
export const enlargement = (look: Look, side: 'height' | 'width', pixels: number): number =>
  look.type === 'images' ? Math.max(1, Math.floor(pixels / look[side])) : 1

const cellOf = (look: Look, { scale, padding }: Pick<PictureOptions, 'scale' | 'padding'>): Cell => {
  if (look.type === 'curves') return curveCell
  const zoom = zoomOf(look, scale, padding)
  const side = (length: number): number => Math.ceil(length / zoom.factor) * zoom.scale
  return { width: side(look.width), height: side(look.height), padding }
}

/** Where samples are placed in a picture, and how many are shown. */
export const pictureLayout = (
  look: Look,
  { count, turn }: Pick<Drawable, 'count' | 'turn'>,
  options: Pick<PictureOptions, 'scale' | 'padding'>,
): Layout => layoutOf(count, cellOf(look, options), turn)

/** Widens a range to contain all values: a curve that leaves the range of the data should be visible, not clipped. */
const widened = ([low, high]: PictureOptions['range'], values: Float32Array): PictureOptions['range'] =>
  extent([low, high, ...values.filter(Number.isFinite)])

/** Draws the first samples, as many as fit into 2048 x 2048 pixels. */
export const samplePicture = (look: Look, samples: Drawable, options: PictureOptions): Image => {
  const { columns, shown } = pictureLayout(look, samples, options)
  const size = samples.values.length / samples.count
  const values = samples.values.subarray(0, shown * size)
  if (look.type === 'curves')
    return curves({ count: shown, length: look.length, values }, { columns }, widened(options.range, values))
  const { scale, factor } = zoomOf(look, options.scale, options.padding)
  const { height, width, channels } = look
  const images = { count: shown, height, width, channels, values }
  const { range, padding } = options
  return imageGrid(factor === 1 ? images : shrink(images, factor), { range, columns, scale, padding })
}
