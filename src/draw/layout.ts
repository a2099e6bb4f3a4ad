/** The most pixels of a picture of samples, in width and in height. */
export const mostPixels = 2048

/** The most samples in one picture. */
const mostSamples = 1024

/** The layout of samples in a picture: row by row from the top left. */
export interface Layout {
  readonly columns: number
  /** How many of the samples are shown. */
  readonly shown: number
}

/** The size of a sample's cell in pixels, and the padding between cells. */
export interface Cell {
  readonly width: number
  readonly height: number
  readonly padding: number
}

/** Lays out as many samples as fit, in `wanted` columns or about square. A cell must not exceed the picture. */
export const layoutOf = (count: number, { width, height, padding }: Cell, wanted?: number): Layout => {
  const capacity = (length: number): number => Math.max(1, Math.floor((mostPixels - padding) / (length + padding)))
  const [across, down] = [capacity(width), capacity(height)]
  const few = Math.min(count, mostSamples, across * down)
  const square = Math.max(1, Math.ceil(Math.sqrt((few * height) / width)))
  // Enough columns that the rows fit, but no more than fit across.
  const columns = Math.min(Math.max(wanted ?? square, Math.ceil(few / down)), across)
  return { columns, shown: Math.min(few, columns * down) }
}
