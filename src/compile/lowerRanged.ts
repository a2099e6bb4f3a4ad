import { ranges } from '../dsl/terms/ranges.ts'
import type { Term } from '../dsl/terms/term.ts'
import type { Builder } from '../ir/builder.ts'
import type { NodeId, Shape } from '../ir/program.ts'
import { dependsOnStepAlone } from './overSteps.ts'
import type { Scope } from './scope.ts'
import type { Value } from './value.ts'

type Ranged = Extract<Term, { readonly op: 'ranged' }>

/**
 * The number itself. What depends on the step alone was checked before the first step; anything else is divided by 1 while it
 * is in its range and by 0 once it is not, so that the run ends there and names it.
 */
export const lowerRanged = ({ builder: b }: Scope, { kind, of }: Ranged, value: Value): Value => {
  if (dependsOnStepAlone(of)) return value
  return { ...value, node: b.div(value.node, withinRange(b, value.node, kind)) }
}

/** 1 where a value is in the range, else 0. */
const withinRange = (b: Builder, x: NodeId, kind: Ranged['kind']): NodeId => {
  const { least, most, open } = ranges[kind]
  const shape: Shape = b.shape(x)
  const full = (value: number): NodeId => b.broadcast(b.number(value), shape)
  const not = (condition: NodeId): NodeId => b.sub(full(1), condition)
  const aboveLeast = open === 'least' ? b.greater(x, full(least)) : not(b.greater(full(least), x))
  if (most === Number.POSITIVE_INFINITY) return aboveLeast
  const belowMost = open === 'most' ? b.greater(full(most), x) : not(b.greater(x, full(most)))
  return b.mul(aboveLeast, belowMost)
}
