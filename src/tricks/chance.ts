import { noise } from '../dsl/draw.ts'
import { greater, mul } from '../dsl/elementwise.ts'
import type { Expr } from '../dsl/expression.ts'
import type { Uses } from '../dsl/symbols.ts'
import type { Shape } from '../ir/program.ts'

/** How often a view changes a sample: a number, a schedule, or what adapts. */
export interface Chance {
  /** 1 where absent. */
  readonly probability?: number | Expr<'batch', [], Uses>
}

/** What is drawn for each sample. */
export type Drawn<S extends Shape = []> = Expr<'sample', S, Uses>

/** A change of each sample with the probability, else 0: that of one draw is one decision. */
export const perhaps = <S extends Shape>({ probability = 1 }: Chance, draw: string, change: Drawn<S>): Drawn<S> =>
  probability === 1
    ? change
    : { term: mul(greater(probability, noise('uniform', [], `${draw}-chance`)), { term: change.term }).term }
