import type { Problem } from '../../errors/specError.ts'
import { batched, sizes } from '../../ir/axes.ts'
import type { Builder } from '../../ir/builder.ts'
import type { NodeId, Shape } from '../../ir/program.ts'

/** How many whole blocks of `factor` pixels fit into n pixels. */
const whole = (n: number, factor: number): number => Math.floor(n / factor)

/** The shape of an image with one pixel for each whole block of `factor` x `factor` pixels. */
export const blocksShape = (image: Shape, factor: number): readonly [h: number, w: number, c: number] => {
  const [h, w, c] = sizes(image, 3)
  return [whole(h, factor), whole(w, factor), c]
}

/** Cuts images into blocks of `factor` x `factor` pixels: `[batch, h', factor, w', factor, c]`. Drops pixels beyond the last whole block. */
export const blocks = (b: Builder, images: NodeId, factor: number): NodeId => {
  const [batch, ...image] = batched(b.shape(images))
  const [rows, columns, channels] = blocksShape(image, factor)
  const cut = b.slice(images, [0, 0, 0, 0], [batch, rows * factor, columns * factor, channels])
  return b.reshape(cut, [batch, rows, factor, columns, factor, channels])
}

/** The axes of `blocks` inside a block. */
export const withinBlock = [2, 4] as const

export const checkBlock = (factor: number, image: Shape): Problem | undefined => {
  const [h, w] = sizes(image, 3)
  return Math.min(h, w) >= factor
    ? undefined
    : {
        expected: `an image of at least ${factor} x ${factor} pixels`,
        found: `${h} x ${w} pixels`,
        hint: 'Use smaller blocks, or fewer such layers.',
      }
}
