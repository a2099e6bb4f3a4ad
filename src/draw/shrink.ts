import type { Images } from './grid.ts'

/** Shrinks images: each square of `factor` x `factor` pixels becomes one pixel with their mean. Squares at the edges may be cut off. */
export const shrink = ({ count, height, width, channels, values }: Images, factor: number): Images => {
  const [rows, columns] = [Math.ceil(height / factor), Math.ceil(width / factor)]
  const sums = new Float64Array(count * rows * columns * channels)
  const counts = new Float64Array(sums.length)
  values.forEach((value, i) => {
    const c = i % channels
    const x = Math.floor(i / channels) % width
    const row = Math.floor(i / channels / width)
    const [image, y] = [Math.floor(row / height), row % height]
    const to = ((image * rows + Math.floor(y / factor)) * columns + Math.floor(x / factor)) * channels + c
    sums[to] = (sums[to] ?? 0) + value
    counts[to] = (counts[to] ?? 0) + 1
  })
  const means = Float32Array.from(sums, (sum, i) => sum / (counts[i] ?? 1))
  return { count, height: rows, width: columns, channels, values: means }
}
