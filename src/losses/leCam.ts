import { checkNumbers } from '../codecs/argument.ts'
import { checkCoefficients, times, type Weighted } from '../dsl/objectives/coefficient.ts'
import { named } from '../dsl/objectives/piece.ts'
import { D, G, type Penalty, x, z } from '../dsl/objectives/symbols.ts'
import { add, mul, square, sub } from '../dsl/terms/elementwise.ts'
import { slot } from '../dsl/terms/memory.ts'
import { ranged } from '../dsl/terms/ranges.ts'
import { E } from '../dsl/terms/statistics.ts'

/**
 * weight (E[(D(x) - a)^2] + E[(D(G(z)) - b)^2]), where a is a running mean of D's scores of samples and b of its scores of data. Keeps D
 * from separating the two too far, as it can with few data. Tseng et al. 2021, section 3.
 *
 * @example gan({ ...parts, penalties: [penalties.leCam({ weight: 0.3 })] })
 */
export const leCam = (
  options: Weighted & {
    /** The decay of the running means. */
    readonly decay?: number
  },
): Penalty => {
  const fields = { weight: 'required', decay: 'optional' } as const
  checkCoefficients<Weighted & { readonly decay?: number }>('penalties.leCam', options, fields)
  const { weight, decay = 0.99 } = options
  checkNumbers('penalties.leCam', { decay })
  const kept = ranged('decay', decay)
  const real = slot('meanReal', { initial: 0 }, (mean) => add(mul(kept, mean), mul(1 - decay, E(D(x)))))
  const fake = slot('meanFake', { initial: 0 }, (mean) => add(mul(kept, mean), mul(1 - decay, E(D(G(z))))))
  const cost = add(E(square(sub(D(x), fake))), E(square(sub(D(G(z)), real))))
  return named('leCam', { weight, decay }, times(ranged('weight', weight), cost))
}
