import type { Term } from '../dsl/terms/term.ts'
import type { Scope } from './scope.ts'
import { lead, type Value } from './value.ts'
import { isScalar } from './valueType.ts'

/** What is of all samples of a batch, or of all pairs of them. */

export const lowerOverBatch = ({ builder: b, batch }: Scope, op: 'E' | 'largest', of: Value): Value => {
  const shape = isScalar(of.shape) ? [] : of.shape
  const values = b.reshape(of.node, [...lead(of.level, batch), ...shape])
  const reduce = op === 'E' ? b.mean : b.max
  return of.level === 'pair'
    ? { level: 'sample', shape, node: reduce(values, [1]) }
    : { level: 'batch', shape, node: reduce(values, [0]) }
}

export const lowerEvery = (
  scope: Scope,
  { period, of }: Extract<Term, { op: 'every' }>,
  lower: (term: Term) => Value,
): Value => {
  const { builder: b } = scope
  if (!scope.due({ every: period, offset: 0 })) return { level: 'batch', shape: [], node: b.number(0) }
  return { level: 'batch', shape: [], node: b.mul(b.reshape(lower(of).node, []), b.number(period)) }
}

export const lowerPair = ({ builder: b, batch }: Scope, of: Value): Value => {
  const front = of.level === 'sample' ? [1, batch] : []
  const node = b.broadcast(b.reshape(of.node, [...front, ...of.shape]), [batch, batch, ...of.shape])
  return { level: 'pair', shape: of.shape, node }
}
