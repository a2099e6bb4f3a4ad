import type { Image } from '../io/formats/image.ts'
import { extent } from '../ir/numbers.ts'
import type { Colour } from './viridis.ts'

/** A point in pixels from the top left corner. Pixel (0, 0) covers the square from 0 to 1. */
export type Point = readonly [number, number]

/** A colour and its opacity, from 0 to 1. */
export interface Paint {
  readonly colour: Colour
  readonly alpha: number
}

interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** A picture to paint on. Shapes are anti-aliased. */
export interface Canvas {
  readonly width: number
  readonly height: number
  /** Paints each pixel of a box; `paint` receives the pixel's centre. */
  readonly fill: (box: Box, paint: (x: number, y: number) => Paint) => void
  readonly disc: (centre: Point, radius: number, paint: Paint) => void
  /** Draws a line of this width through the points, with round ends and joints. */
  readonly line: (points: readonly Point[], width: number, paint: Paint) => void
  readonly image: () => Image
}

export const createCanvas = (width: number, height: number, background: Colour): Canvas => {
  const data = new Float32Array(width * height * 3)
  for (let i = 0; i < data.length; i += 3) data.set(background, i)

  const blend = (x: number, y: number, { colour, alpha }: Paint, coverage: number): void => {
    const at = (y * width + x) * 3
    for (let c = 0; c < 3; c++) {
      const below = data[at + c] ?? 0
      data[at + c] = below + alpha * coverage * ((colour[c] ?? 0) - below)
    }
  }

  const fill: Canvas['fill'] = (box, paint) => {
    const [left, right] = [Math.max(0, Math.floor(box.left)), Math.min(width, Math.ceil(box.right))]
    const [top, bottom] = [Math.max(0, Math.floor(box.top)), Math.min(height, Math.ceil(box.bottom))]
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) blend(x, y, paint(x + 0.5, y + 0.5), 1)
  }

  /** Paints all pixels within `radius` of a shape. `distance` gives a point's distance from the shape. */
  const around = (box: Box, radius: number, distance: (x: number, y: number) => number, paint: Paint): void => {
    const grown = radius + 1
    fill(
      { left: box.left - grown, top: box.top - grown, right: box.right + grown, bottom: box.bottom + grown },
      (x, y) => ({
        colour: paint.colour,
        alpha: paint.alpha * Math.min(Math.max(radius - distance(x, y) + 0.5, 0), 1),
      }),
    )
  }

  return {
    width,
    height,
    fill,
    disc: ([cx, cy], radius, paint) =>
      around({ left: cx, top: cy, right: cx, bottom: cy }, radius, (x, y) => Math.hypot(x - cx, y - cy), paint),
    line: (points, thickness, paint) => {
      const [left, right] = extent(points.map(([x]) => x))
      const [top, bottom] = extent(points.map(([, y]) => y))
      const box = { left, top, right, bottom }
      const distance = (x: number, y: number): number =>
        points.slice(1).reduce((least, end, i) => Math.min(least, fromSegment([x, y], points[i] ?? end, end)), Infinity)
      around(box, thickness / 2, distance, paint)
    },
    // A clamped array rounds and clips.
    image: () => ({ width, height, channels: 3, data: new Uint8Array(Uint8ClampedArray.from(data.map(byte)).buffer) }),
  }
}

const byte = (value: number): number => 255 * value

const fromSegment = ([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number => {
  const [dx, dy] = [bx - ax, by - ay]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / length, 0), 1)
  return Math.hypot(x - ax - along * dx, y - ay - along * dy)
}
