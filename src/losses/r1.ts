import { mul, square } from '../dsl/elementwise.ts'
import { E, grad, sum } from '../dsl/statistics.ts'
import { D, type Penalty, x } from '../dsl/symbols.ts'

/** weight / 2 E[|grad D(x)|^2] on data alone, of D's output before any sigmoid. Mescheder et al. 2018, equation 9. */
export const r1 = ({ weight }: { readonly weight: number }): Penalty => mul(weight / 2, E(sum(square(grad(D(x), x)))))
