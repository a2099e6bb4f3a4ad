import type { Builder } from '../../ir/builder.ts'
import { at } from '../../ir/present.ts'
import type { NodeId } from '../../ir/program.ts'
import type { Dilation } from './window.ts'

/** Spreads a filter's pixels `dilation` apart along its first axes, with zeros between them. */
export const dilated = (b: Builder, filter: NodeId, { dilation = 1 }: Dilation, axes: number): NodeId => {
  if (dilation === 1) return filter
  const spread = (x: NodeId, axis: number): NodeId => {
    const shape = b.shape(x)
    const [before, n, after] = [shape.slice(0, axis), at(shape, axis), shape.slice(axis + 1)]
    const separate = b.reshape(x, [...before, n, 1, ...after])
    const none = b.shape(separate).map(() => 0)
    const filled = b.pad(
      separate,
      none,
      none.map((_, i) => (i === axis + 1 ? dilation - 1 : 0)),
    )
    const line = b.reshape(filled, [...before, n * dilation, ...after])
    return b.slice(
      line,
      shape.map(() => 0),
      [...before, (n - 1) * dilation + 1, ...after],
    )
  }
  return Array.from({ length: axes }, (_, axis) => axis).reduce(spread, filter)
}
