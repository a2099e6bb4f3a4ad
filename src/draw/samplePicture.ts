import type { Image } from '../io/formats/image.ts'
import { extent } from '../ir/numbers.ts'
import { curveCell, curves } from './curves.ts'
import { type Images, imageGrid } from './grid.ts'
import { type Cell, type Layout, layoutOf, mostPixels } from './layout.ts'
import { shrink } from './shrink.ts'

/** Samples of one shape, one after the other. */
export interface Drawable {
  readonly shape: readonly number[]
  readonly count: number
  readonly values: Float32Array
  /** Columns, where samples come in turns. */
  readonly turn?: number
}

/** How samples are drawn: as images, or sequences as curves. */
export type Look =
  | { readonly type: 'images'; readonly height: number; readonly width: number; readonly channels: 1 | 3 }
  | { readonly type: 'curves'; readonly length: number }

/** Numbers from which on a list of them is a sequence: fewer are points, or a row of a table. */
const fewest = 17

/**
 * How samples of a shape are looked at; `undefined` where they are not. `[height, width, 1 or 3]` are images; `[n]`, `[n, 1]` and
 * images of one row and channel are sequences, from 17 numbers on.
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

/** How many pixels an image's pixel becomes, or how many of them become one. */
interface Zoom {
  readonly scale: number
  readonly factor: number
}

/** Across and down, an image is enlarged to at most so many pixels. */
const mostEnlarged = 512

const zoomOf = ({ height, width }: Pick<Images, 'height' | 'width'>, wanted: number, padding: number): Zoom => {
  const longest = Math.max(height, width)
  return {
    scale: Math.max(1, Math.min(wanted, Math.floor(mostEnlarged / longest))),
    factor: Math.max(1, Math.ceil(longest / (mostPixels - 2 * padding))),
  }
}

export interface PictureOptions {
  /** The values of black and white of images. Curves reach from one to the other at least, and as far as their values do. */
  readonly range: readonly [number, number]
  /** An image's pixel as a square of so many, where that is not too large. */
  readonly scale: number
  readonly padding: number
}

/** How many pixels an image's pixel becomes, so that a side has about so many; curves have a size of their own. */
export const enlargement = (look: Look, side: 'height' | 'width', pixels: number): number =>
  look.type === 'images' ? Math.max(1, Math.floor(pixels / look[side])) : 1

const cellOf = (look: Look, { scale, padding }: Pick<PictureOptions, 'scale' | 'padding'>): Cell => {
  if (look.type === 'curves') return curveCell
  const zoom = zoomOf(look, scale, padding)
  const side = (length: number): number => Math.ceil(length / zoom.factor) * zoom.scale
  return { width: side(look.width), height: side(look.height), padding }
}

/** Where samples stand, and how many are shown. */
export const pictureLayout = (
  look: Look,
  { count, turn }: Pick<Drawable, 'count' | 'turn'>,
  options: Pick<PictureOptions, 'scale' | 'padding'>,
): Layout => layoutOf(count, cellOf(look, options), turn)

/** A range that holds all values, too: a curve that leaves the range of the data is a finding, and is not cut. */
const widened = ([low, high]: PictureOptions['range'], values: Float32Array): PictureOptions['range'] =>
  extent([low, high, ...values.filter(Number.isFinite)])

/** The first of the samples, as many as a picture of at most 2048 x 2048 pixels holds. */
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
