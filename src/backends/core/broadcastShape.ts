import { at } from '../../ir/present.ts'
import type { Shape } from '../../ir/program.ts'

/** A shape with axes of 1 in front, so that it has as many axes as another. */
export const alignedTo = (shape: Shape, own: Shape): Shape => [
  ...Array.from({ length: Math.max(0, shape.length - own.length) }, () => 1),
  ...own,
]

/** The shape that operands of these shapes make together: they are aligned at their last axis, and repeat along axes of 1. */
export const broadcastShape = (shapes: readonly Shape[]): Shape =>
  shapes.reduce((whole, shape) => {
    const [a, b] = [alignedTo(shape, whole), alignedTo(whole, shape)]
    return a.map((n, axis) => (n === 1 ? at(b, axis) : n))
  }, [])
