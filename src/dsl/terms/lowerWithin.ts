import type { Builder } from '../../ir/builder.ts'
import type { NodeId, Shape } from '../../ir/program.ts'
import type { LowerContext } from './lowerContext.ts'
import type { Term } from './term.ts'
import { lead, type Value } from './value.ts'

/** An op on each value: its axes and shapes stand behind those of the batch, `front`. */
export const lowerWithin = (
  part: Term,
  { builder: b, batch, lower }: LowerContext,
  write: (b: Builder, of: Value, front: Shape) => NodeId,
): Value => {
  const of = lower(part)
  const front = lead(of.level, batch)
  const node = write(b, of, front)
  return { level: of.level, shape: b.shape(node).slice(front.length), node }
}
