import { type Coefficient, half, times } from '../dsl/coefficient.ts'
import { square } from '../dsl/elementwise.ts'
import { ranged } from '../dsl/ranges.ts'
import { E, sum } from '../dsl/statistics.ts'
import { G, type Penalty, z } from '../dsl/symbols.ts'
import { slopeAt } from './slope.ts'

/** weight / 2 E[|grad D(G(z))|^2], by the sample, on samples alone. Mescheder et al. 2018, equation 10. */
export const r2 = ({ weight }: { readonly weight: Coefficient }): Penalty =>
  times(half(ranged('weight', weight)), E(sum(square(slopeAt(G(z))))))
