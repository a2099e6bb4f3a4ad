import type { Image } from '../io/formats/image.ts'
import { at as elementAt } from '../ir/present.ts'
import { type Canvas, createCanvas, type Paint, type Point } from './canvas.ts'
import { write } from './strokes.ts'
import { type Colour, viridis } from './viridis.ts'

/** The visible part of the plane. */
export interface Bounds {
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
}

/** A function on the plane, sampled at the centres of a grid's cells, row by row from the bottom left. */
export interface Field {
  readonly columns: number
  readonly rows: number
  readonly values: Float32Array
  /** The values that the darkest and the brightest colour stand for. */
  readonly range: readonly [number, number]
  /** The value at which to draw a level line, such as D = 1/2. */
  readonly level?: number
}

export interface FieldPicture {
  readonly bounds: Bounds
  readonly field?: Field
  /** Points of the plane: x and y of each, one after the other. */
  readonly real: Float32Array
  readonly generated: Float32Array
}

const panel = { left: 28, top: 64, size: 760 }
const bar = { left: panel.left + panel.size + 22, width: 16 }
const size = { width: bar.left + bar.width + 64, height: panel.top + panel.size + 28 }

const white: Colour = [1, 1, 1]
const ink: Paint = { colour: [0.13, 0.13, 0.18], alpha: 1 }
const realPaint: Paint = { colour: white, alpha: 0.9 }
const generatedPaint: Paint = { colour: [1, 0.28, 0.2], alpha: 0.8 }
const plain: Paint = { colour: viridis(0.1), alpha: 1 }
const rim: Paint = { colour: [0.05, 0.03, 0.12], alpha: 0.45 }
const radius = 2.4

/** Real points (white) and generated ones (red) over a critic's field, with a legend and the field's scale. */
export const fieldPicture = ({ bounds, field, real, generated }: FieldPicture): Image => {
  const canvas = createCanvas(size.width, size.height, white)
  const inside = { left: panel.left, top: panel.top, right: panel.left + panel.size, bottom: panel.top + panel.size }
  if (field === undefined) canvas.fill(inside, () => plain)
  else {
    canvas.fill(inside, (x, y) => fieldPaint(field, (x - panel.left) / panel.size, 1 - (y - panel.top) / panel.size))
    colourBar(canvas, field)
  }
  scatter(canvas, bounds, real, generated)
  legend(canvas, field !== undefined)
  return canvas.image()
}

/** Interpolates the field linearly at (u, v), both from 0 to 1. */
const at = ({ columns, rows, values }: Field, u: number, v: number): number => {
  const [x, y] = [clamp(u * columns - 0.5, columns - 1), clamp(v * rows - 0.5, rows - 1)]
  const [left, low] = [
    Math.min(Math.floor(x), Math.max(columns - 2, 0)),
    Math.min(Math.floor(y), Math.max(rows - 2, 0)),
  ]
  const cell = (column: number, row: number): number =>
    elementAt(values, Math.min(row, rows - 1) * columns + Math.min(column, columns - 1))
  const mix = (a: number, b: number, share: number): number => a + (b - a) * share
  return mix(
    mix(cell(left, low), cell(left + 1, low), x - left),
    mix(cell(left, low + 1), cell(left + 1, low + 1), x - left),
    y - low,
  )
}

const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most)

const fieldPaint = (field: Field, u: number, v: number): Paint => {
  const [low, high] = field.range
  const value = at(field, u, v)
  const colour = viridis((value - low) / (high - low))
  const line = field.level === undefined ? 0 : lineCoverage(field, field.level, value, u, v)
  if (line === 0) return { colour, alpha: 1 }
  return { colour: [mixed(colour[0], line), mixed(colour[1], line), mixed(colour[2], line)], alpha: 1 }
}

const mixed = (channel: number, share: number): number => channel + 0.75 * share * (1 - channel)

/** How much of a pixel the level line covers, by the pixel's distance from it, estimated from value and slope. */
const lineCoverage = (field: Field, level: number, value: number, u: number, v: number): number => {
  const pixel = 1 / panel.size
  const slope = Math.hypot(at(field, u + pixel, v) - value, at(field, u, v + pixel) - value)
  return slope === 0 ? 0 : clamp(1.4 - Math.abs(value - level) / slope, 1)
}

/** Draws real and generated points in turn, so that neither kind hides the other. */
const scatter = (canvas: Canvas, bounds: Bounds, real: Float32Array, generated: Float32Array): void => {
  const place = (values: Float32Array, i: number): Point => [
    ((elementAt(values, i) - bounds.x[0]) / (bounds.x[1] - bounds.x[0])) * panel.size,
    (1 - (elementAt(values, i + 1) - bounds.y[0]) / (bounds.y[1] - bounds.y[0])) * panel.size,
  ]
  const point = (values: Float32Array, i: number, paint: Paint): void => {
    if (i + 1 >= values.length) return
    const [x, y] = place(values, i)
    if (x >= 0 && x <= panel.size && y >= 0 && y <= panel.size)
      dot(canvas, [panel.left + x, panel.top + y], radius, paint)
  }
  for (let i = 0; i < Math.max(real.length, generated.length); i += 2) {
    point(real, i, realPaint)
    point(generated, i, generatedPaint)
  }
}

const dot = (canvas: Canvas, centre: Point, r: number, paint: Paint): void => {
  canvas.disc(centre, r + 0.9, { ...rim, alpha: rim.alpha * paint.alpha })
  canvas.disc(centre, r, paint)
}

const legend = (canvas: Canvas, hasField: boolean): void => {
  const middle = 34
  const entry = (left: number, text: string, paint: Paint): number => {
    dot(canvas, [left + 6, middle], 6, { ...paint, alpha: 1 })
    return write(canvas, text, [left + 22, middle], 14, ink) + 32
  }
  entry(entry(panel.left, 'real', realPaint), 'generated', generatedPaint)
  if (hasField) write(canvas, 'D(x)', [bar.left, middle], 14, ink)
}

const colourBar = (canvas: Canvas, { range: [low, high], level }: Field): void => {
  const bottom = panel.top + panel.size
  canvas.fill({ left: bar.left, top: panel.top, right: bar.left + bar.width, bottom }, (_, y) => ({
    colour: viridis((bottom - y) / panel.size),
    alpha: 1,
  }))
  const ticks = [low, low + (high - low) / 4, (low + high) / 2, high - (high - low) / 4, high]
  for (const value of ticks) {
    const y = bottom - ((value - low) / (high - low)) * panel.size
    const inset = Math.max(Math.min(y, bottom - 7), panel.top + 7)
    write(canvas, short(value), [bar.left + bar.width + 8, inset], 12, ink)
  }
  if (level === undefined || level < low || level > high) return
  const y = bottom - ((level - low) / (high - low)) * panel.size
  canvas.line(
    [
      [bar.left, y],
      [bar.left + bar.width, y],
    ],
    2,
    { colour: white, alpha: 1 },
  )
}

const short = (value: number): string => (Math.abs(value) >= 10 ? value.toFixed(0) : `${Number(value.toFixed(2))}`)
