import type { Builder } from '../../ir/builder.ts'
import { type NodeId, type Shape, sameShape } from '../../ir/program.ts'
import type { Level } from './expression.ts'
import { isScalar } from './valueType.ts'

/** A term's value in a program: a node of shape `[...lead(level), ...shape]`. */
export interface Value {
  readonly level: Level
  readonly shape: Shape
  readonly node: NodeId
}

/** The axes before those of one value: none, the batch, or the batch twice. */
export const lead = (level: Level, batch: number): Shape =>
  level === 'batch' ? [] : level === 'sample' ? [batch] : [batch, batch]

/** The same value with axes of size 1 wherever it does not vary, so that it broadcasts to a value of that level and shape. */
export const alignable = (b: Builder, value: Value, level: Level, shape: Shape, batch: number): NodeId => {
  const core = sameShape(value.shape, shape) || !isScalar(value.shape) ? value.shape : shape.map(() => 1)
  const front = value.level === 'sample' && level === 'pair' ? [batch, 1] : lead(value.level, batch)
  return b.reshape(value.node, [...front, ...core])
}

/** The same value, spread to a level and shape. */
export const spread = (b: Builder, value: Value, level: Level, shape: Shape, batch: number): NodeId =>
  b.broadcast(alignable(b, value, level, shape, batch), [...lead(level, batch), ...shape])
