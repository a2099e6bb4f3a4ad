import type { Image } from '../io/formats/image.ts'

/** Images of one size. `values` has shape `[count, height, width, channels]`. */
export interface Images {
  readonly count: number
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
  readonly values: Float32Array
}

export interface GridOptions {
  /** The values of black and white. Values outside are clipped. */
  readonly range: readonly [number, number]
  /** The number of columns. By default the grid is as near to a square as fits. */
  readonly columns?: number
  /** A whole number: each pixel becomes a square with sides of this many pixels. */
  readonly scale?: number
  /** Black pixels around each image, after scaling. */
  readonly padding?: number
}

/** The number of columns that makes the grid about square. */
const squareColumns = ({ count, height, width }: Images): number =>
  Math.max(1, Math.ceil(Math.sqrt((count * height) / width)))

/** Lays out images row by row from the top left. Unused cells are black. */
export const imageGrid = (images: Images, options: GridOptions): Image => {
  const { count, channels, values } = images
  const { range, columns = squareColumns(images), scale = 1, padding = 0 } = options
  if (values.length !== count * images.height * images.width * channels)
    throw new Error('the number of values does not fit the size of the images')
  const [black, white] = range
  const stepX = images.width * scale + padding
  const stepY = images.height * scale + padding
  const width = columns * stepX + padding
  const height = Math.ceil(count / columns) * stepY + padding
  // A clamped array rounds, clips, and turns NaN into 0.
  const data = new Uint8ClampedArray(width * height * channels)
  for (let image = 0; image < count; image++) {
    const left = padding + (image % columns) * stepX
    const top = padding + Math.floor(image / columns) * stepY
    for (let y = 0; y < images.height * scale; y++)
      for (let x = 0; x < images.width * scale; x++) {
        const row = image * images.height + Math.floor(y / scale)
        const from = (row * images.width + Math.floor(x / scale)) * channels
        const to = ((top + y) * width + left + x) * channels
        for (let c = 0; c < channels; c++) data[to + c] = (((values[from + c] ?? 0) - black) / (white - black)) * 255
      }
  }
  return { width, height, channels, data: new Uint8Array(data.buffer) }
}
