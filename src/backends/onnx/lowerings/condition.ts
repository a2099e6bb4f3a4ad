import { int } from '../graph.ts'
import type { Scope } from '../lowering.ts'

const booleans = int(9)

/** The comparison that a condition is, before it is made a number. */
const comparison = (scope: Scope, condition: string) => {
  const made = scope.producer(condition)
  const [compared = ''] = made?.op === 'Cast' ? made.inputs : []
  const found = scope.producer(compared)
  return found?.op === 'Greater' || found?.op === 'Equal' ? found : undefined
}

/** A condition as a boolean. */
export const truth = (scope: Scope, condition: string): string =>
  comparison(scope, condition)?.outputs[0] ?? scope.node('Cast', [condition], { to: booleans })

/** The x of a condition x > 0. */
export const isPositive = (scope: Scope, condition: string): string | undefined => {
  const { op, inputs: [x, bound = ''] = [] } = comparison(scope, condition) ?? {}
  return op === 'Greater' && scope.number(bound) === 0 ? x : undefined
}
