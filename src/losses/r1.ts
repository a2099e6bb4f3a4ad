import { type Coefficient, half, times } from '../dsl/coefficient.ts'
import { square } from '../dsl/elementwise.ts'
import { ranged } from '../dsl/ranges.ts'
import { E, sum } from '../dsl/statistics.ts'
import { type Penalty, x } from '../dsl/symbols.ts'
import { slopeAt } from './slope.ts'

/** weight / 2 E[|grad D(x)|^2] on data alone, of D's output before any sigmoid. Mescheder et al. 2018, equation 9. */
export const r1 = ({ weight }: { readonly weight: Coefficient }): Penalty =>
  times(half(ranged('weight', weight)), E(sum(square(slopeAt(x)))))
