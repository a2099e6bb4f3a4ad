import type { Uses } from '../dsl/objectives/symbols.ts'
import { type Sample, type View, view } from '../dsl/objectives/view.ts'
import { noise } from '../dsl/terms/draw.ts'
import { greater, mul, select } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { type RangeKind, ranged } from '../dsl/terms/ranges.ts'
import type { Shape } from '../ir/program.ts'

/** How often a view changes a sample: a number, a schedule, or an adaptive probability. */
export interface Chance {
  /** 1 by default. */
  readonly probability?: number | Expr<'batch', [], Uses>
}

/** A value that is drawn for each sample. */
export type Drawn<S extends Shape = []> = Expr<'sample', S, Uses>

/** 1 with this probability, else 0. Equal draw names give the same decision. */
const decided = (probability: number | Expr<'batch', [], Uses>, draw: string): Drawn =>
  greater(ranged('probability', probability), noise('uniform', [], `${draw}-chance`))

/** The change with this probability, else 0, for each sample. */
export const perhaps = <S extends Shape>({ probability = 1 }: Chance, draw: string, change: Drawn<S>): Drawn<S> =>
  probability === 1 ? change : { term: mul(decided(probability, draw), { term: change.term }).term }

/** A view with a constant outside its range, so that the check of the spec reports it. */
export const refused = (kind: RangeKind, value: number): View => view((sample) => mul(ranged(kind, value), sample))

/** The changed sample with this probability, else the sample itself. */
export const either = ({ probability = 1 }: Chance, draw: string, changed: Sample, sample: Sample): Sample =>
  probability === 1 ? changed : select(decided(probability, draw), changed, sample)
