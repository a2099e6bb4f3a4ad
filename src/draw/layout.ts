/** Pixels of a picture of samples, across and down, at most. */
export const mostPixels = 2048

/** Samples of a picture, at most. */
const mostSamples = 1024

/** Where samples stand in a picture: row by row from the top left. */
export interface Layout {
  readonly columns: number
  /** How many samples are shown, of those that there are. */
  readonly shown: number
}

/** A sample's place in pixels, with what parts it from the next. */
export interface Cell {
  readonly width: number
  readonly height: number
  readonly padding: number
}

/** As many samples as a picture holds, in columns of a given number or about as wide as high. A cell is not larger than a picture. */
export const layoutOf = (count: number, { width, height, padding }: Cell, wanted?: number): Layout => {
  const holds = (length: number): number => Math.max(1, Math.floor((mostPixels - padding) / (length + padding)))
  const [across, down] = [holds(width), holds(height)]
  const few = Math.min(count, mostSamples, across * down)
  const square = Math.max(1, Math.ceil(Math.sqrt((few * height) / width)))
  // Enough columns for the rows to fit, and no more than fit themselves.
  const columns = Math.min(Math.max(wanted ?? square, Math.ceil(few / down)), across)
  return { columns, shown: Math.min(few, columns * down) }
}
