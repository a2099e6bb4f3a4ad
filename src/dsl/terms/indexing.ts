import { count } from '../../codecs/numbers.ts'
import type { Shape } from '../../ir/program.ts'
import { part, type TermDefinition } from './definition.ts'
import { type Expr, type Level, toTerm } from './expression.ts'
import type { Term } from './term.ts'
import { constantProblem, perValue, unless } from './typing.ts'
import { widest } from './valueType.ts'
import { named } from './writing.ts'

/** Rows of a table (constant) by whole-numbered indices. */
export interface GatherTerm {
  readonly op: 'gather'
  readonly table: Term
  readonly indices: Term
}
export interface ScatterTerm {
  readonly op: 'scatter'
  readonly updates: Term
  readonly indices: Term
  readonly size: number
}

type Rows<T extends Shape, I extends Shape> = T extends readonly [number, ...infer rest extends Shape]
  ? [...I, ...rest]
  : number[]

/**
 * `(constant table [n, ...s], indices [...i]) -> [...i, ...s]`: rows of a table by whole-numbered indices.
 *
 * @example ops.gather(ops.constant([3, 2], [[0, 0], [1, 0], [0, 1]]), ops.constant([2], [2, 0]))
 */
export const gather = <T extends Shape, U extends string, L extends Level, I extends Shape, V extends string>(
  table: Expr<'batch', T, U>,
  indices: Expr<L, I, V>,
): Expr<L, Rows<T, I>, U | V> => ({
  term: {
    op: 'gather',
    table: toTerm(table, 'ops.gather', 'table'),
    indices: toTerm(indices, 'ops.gather', 'indices'),
  },
})

/**
 * `(constant updates [...i, ...s], constant indices [...i]) -> [size, ...s]`: sums the updates of each index.
 *
 * @example ops.scatter(ops.constant([2, 1], [5, 7]), ops.constant([2], [2, 0]), 3)
 */
export const scatter = <U extends string, V extends string>(
  updates: Expr<'batch', Shape, U>,
  indices: Expr<'batch', Shape, V>,
  size: number,
): Expr<'batch', number[], U | V> => ({
  term: {
    op: 'scatter',
    updates: toTerm(updates, 'ops.scatter', 'updates'),
    indices: toTerm(indices, 'ops.scatter', 'indices'),
    size,
  },
})

export const gatherDefinition: TermDefinition<GatherTerm> = {
  fields: { table: part, indices: part },
  type: (_, { table, indices }, { opShape }) =>
    unless(constantProblem('the table of gather', table), () =>
      perValue([table, indices], opShape('gather', {}, [table.shape, indices.shape])),
    ),
  lower: (term, { builder: b, lower }) => {
    const [table, indices] = [lower(term.table), lower(term.indices)]
    const shape = [...indices.shape, ...table.shape.slice(1)]
    return { level: indices.level, shape, node: b.gather(table.node, indices.node) }
  },
  formula: ({ table, indices }, pen) => named('gather', [table, indices], pen),
}

export const scatterDefinition: TermDefinition<ScatterTerm> = {
  fields: { updates: part, indices: part, size: count },
  type: ({ size }, { updates, indices }, { opShape }) => {
    const level = widest([updates.level, indices.level])
    return unless(constantProblem('the operands of scatter', { ...updates, level }), () =>
      perValue([updates, indices], opShape('scatter', { size }, [updates.shape, indices.shape])),
    )
  },
  lower: (term, { builder: b, lower }) => {
    const [updates, indices] = [lower(term.updates), lower(term.indices)]
    const node = b.scatter(updates.node, indices.node, term.size)
    return { level: 'batch', shape: b.shape(node), node }
  },
  formula: ({ updates, indices, size }, pen) => named('scatter', [updates, indices], pen, String(size)),
}
