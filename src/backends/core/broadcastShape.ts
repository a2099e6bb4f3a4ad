import type { Shape } from '../../ir/program.ts'

/** The shape that operands of these shapes make together. They are aligned at their last axis; a missing size counts as 1. */
export const broadcastShape = (shapes: readonly Shape[]): Shape => {
  const rank = Math.max(...shapes.map((shape) => shape.length))
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1)
    return sizes.find((n) => n !== 1) ?? 1
  })
}
