import { minimise } from '../dsl/objectives/player.ts'
import { D, G, type Loss, type Penalty, x, z } from '../dsl/objectives/symbols.ts'
import { add, log, neg, relu, sigmoid, square, sub } from '../dsl/terms/elementwise.ts'
import type { Expr, UsesOf } from '../dsl/terms/expression.ts'
import { E } from '../dsl/terms/statistics.ts'
import type { Shape } from '../ir/program.ts'
import type { LossTheory } from './lossTheory.ts'

type Score = Expr<'sample', Shape, UsesOf<Penalty>>
/** The cost of a difference of scores, for the player who maximises the difference. */
type Cost = (difference: Score) => Score

export const standard: Cost = (u) => neg(log(sigmoid(u)))
export const squares: Cost = (u) => square(sub(u, 1))
export const margin: Cost = (u) => relu(sub(1, u))

const [real, fake]: readonly [Score, Score] = [D(x), D(G(z))]

/** D scores a real sample above a generated one; G the reverse. Jolicoeur-Martineau 2019, algorithm 1. */
export const paired = (cost: Cost): Loss => ({
  discriminator: minimise(E(cost(sub(real, fake))), 'D'),
  generator: minimise(E(cost(sub(fake, real))), 'G'),
})

/** Each sample is compared with the mean score of the other kind. Jolicoeur-Martineau 2019, algorithm 2. */
export const averaged = (cost: Cost): Loss => ({
  discriminator: minimise(add(E(cost(sub(real, E(fake)))), E(cost(sub(E(real), fake)))), 'D'),
  generator: minimise(add(E(cost(sub(fake, E(real)))), E(cost(sub(E(fake), real)))), 'G'),
})

/** The theory of relativistic losses whose D* has no closed form. V minus its value at equilibrium is a divergence: Jolicoeur-Martineau 2020, theorem 3.1. */
export const open = (equilibrium: string, value: number): LossTheory => ({
  optimum: { type: 'open', reason: 'no formula: each score depends on all others; any constant may be added' },
  equilibrium: { text: equilibrium, value },
  value: {
    text: `${equilibrium} plus a divergence, at most 0: least at p_g = p_data alone`,
    divergence: 'a relativistic f-divergence',
  },
  generator: { follows: 'its own cost at a D that stands still, which is no divergence' },
})
