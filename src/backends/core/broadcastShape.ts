import { at } from '../../ir/present.ts'
import type { Shape } from '../../ir/program.ts'

/** Adds leading axes of size 1 until a shape has as many axes as another. */
export const alignedTo = (shape: Shape, own: Shape): Shape => [
  ...Array.from({ length: Math.max(0, shape.length - own.length) }, () => 1),
  ...own,
]

/** The shape to which operands broadcast: aligned at the last axis, with axes of size 1 repeated. */
export const broadcastShape = (shapes: readonly Shape[]): Shape =>
  shapes.reduce((whole, shape) => {
    const [a, b] = [alignedTo(shape, whole), alignedTo(whole, shape)]
    return a.map((n, axis) => (n === 1 ? at(b, axis) : n))
  }, [])
