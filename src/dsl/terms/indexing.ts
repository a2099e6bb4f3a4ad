import { count } from '../../codecs/numbers.ts'
import type { Shape } from '../../ir/program.ts'
import { part, type TermDefinition } from './definition.ts'
import { type Expr, type Level, toTerm } from './expression.ts'
import type { Term } from './term.ts'

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

/** `(constant table [n, ...s], indices [...i]) -> [...i, ...s]`: rows of a table by whole-numbered indices. */
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

/** `(constant updates [...i, ...s], constant indices [...i]) -> [size, ...s]`: sums the updates of each index. */
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

export const gatherDefinition: TermDefinition<GatherTerm> = { fields: { table: part, indices: part } }

export const scatterDefinition: TermDefinition<ScatterTerm> = {
  fields: { updates: part, indices: part, size: count },
}
