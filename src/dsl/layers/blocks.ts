import type { Problem } from '../../errors/specError.ts'
import type { Builder } from '../../ir/builder.ts'
import { at } from '../../ir/present.ts'
import type { NodeId, Shape } from '../../ir/program.ts'

/** How many whole blocks of `factor` pixels n pixels have. */
const whole = (n: number, factor: number): number => Math.floor(n / factor)

/** The shape of an image that has a pixel for each whole block of `factor` x `factor`. */
export const blocksShape = ([h = 0, w = 0, c = 0]: Shape, factor: number): Shape => [
  whole(h, factor),
  whole(w, factor),
  c,
]

/** Images cut into blocks of `factor` x `factor` pixels, `[batch, h', factor, w', factor, c]`; what is beyond the last whole one is left out. */
export const blocks = (b: Builder, images: NodeId, factor: number): NodeId => {
  const [batch = 1, ...image] = b.shape(images)
  const shape = blocksShape(image, factor)
  const [rows, columns, channels] = [at(shape, 0), at(shape, 1), at(shape, 2)]
  const cut = b.slice(images, [0, 0, 0, 0], [batch, rows * factor, columns * factor, channels])
  return b.reshape(cut, [batch, rows, factor, columns, factor, channels])
}

/** The axes of `blocks` that lie within a block. */
export const withinBlock = [2, 4] as const

export const checkBlock = (factor: number, [h = 0, w = 0]: Shape): Problem | undefined =>
  Math.min(h, w) >= factor
    ? undefined
    : {
        expected: `an image of at least ${factor} x ${factor} pixels`,
        found: `${h} x ${w} pixels`,
        hint: 'Take smaller blocks, or fewer of such layers.',
      }
