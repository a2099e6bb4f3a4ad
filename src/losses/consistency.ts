import { type Coefficient, times } from '../dsl/coefficient.ts'
import { add, square, sub } from '../dsl/elementwise.ts'
import { ranged } from '../dsl/ranges.ts'
import { E } from '../dsl/statistics.ts'
import { D, G, type Penalty, type ShapedPenalty, x, z } from '../dsl/symbols.ts'
import type { View } from '../dsl/view.ts'

/** weight E[(D(x) - D(T(x)))^2]: D judges a real sample as it judges a view T of it. Zhang et al. 2020, section 3. */
export const consistency =
  ({ weight, view }: { readonly weight: Coefficient; readonly view: View }): ShapedPenalty =>
  ({ sample: shape }): Penalty =>
    times(ranged('weight', weight), E(square(sub(D(x), D(view(x, { shape, draw: 'real' }))))))

/**
 * Consistency on data and on samples, so that D can't tell views from what G makes: real E[(D(x) - D(T(x)))^2] +
 * fake E[(D(G(z)) - D(T(G(z))))^2]. Zhao et al. 2021, algorithm 1 (bCR); their weights are both 10.
 */
export const balancedConsistency =
  ({
    real,
    fake,
    view,
  }: {
    readonly real: Coefficient
    readonly fake: Coefficient
    readonly view: View
  }): ShapedPenalty =>
  ({ sample: shape }): Penalty =>
    add(
      times(ranged('weight', real), E(square(sub(D(x), D(view(x, { shape, draw: 'real' })))))),
      times(ranged('weight', fake), E(square(sub(D(G(z)), D(view(G(z), { shape, draw: 'fake' })))))),
    )
