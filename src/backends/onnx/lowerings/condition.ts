import { at } from '../../../ir/present.ts'
import { int } from '../graph.ts'
import type { Scope } from '../lowering.ts'

const booleans = int(9)

/** The comparison that a condition is, before it is made a number. */
const comparison = (scope: Scope, condition: string) => {
  const made = scope.producer(condition)
  const found = made?.op === 'Cast' ? scope.producer(at(made.inputs, 0)) : undefined
  return found?.op === 'Greater' || found?.op === 'Equal' ? found : undefined
}

/** A condition as a boolean. */
export const truth = (scope: Scope, condition: string): string =>
  comparison(scope, condition)?.outputs[0] ?? scope.node('Cast', [condition], { to: booleans })

/** The x of a condition x > 0. */
export const isPositive = (scope: Scope, condition: string): string | undefined => {
  const found = comparison(scope, condition)
  return found?.op === 'Greater' && scope.number(at(found.inputs, 1)) === 0 ? at(found.inputs, 0) : undefined
}
