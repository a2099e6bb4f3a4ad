import { packedTerm } from '../dsl/objectives/packing.ts'
import type { PlayerSpec } from '../dsl/objectives/playerSpec.ts'
import type { GanShapes, Loss, Penalty, ShapedPenalty } from '../dsl/objectives/symbols.ts'
import { seenTerm, type View, viewed } from '../dsl/objectives/view.ts'
import { add, sub } from '../dsl/terms/elementwise.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import type { Term } from '../dsl/terms/term.ts'
import type { Shape } from '../ir/program.ts'

/** A player's penalties: added to an objective that it minimises, subtracted from one that it maximises. */
export type Charges = readonly (Penalty | ShapedPenalty)[]

/** How the discriminator sees samples: through views, and in packs. */
export interface Seeing {
  readonly views: readonly View[]
  readonly packing: number
}

/** The parts from which the objectives of a GAN are built. */
export interface Formulas extends Seeing {
  readonly loss: Loss
  readonly penalties: { readonly discriminator: Charges; readonly generator: Charges }
  readonly shapes: GanShapes
}

const charged = (player: PlayerSpec, charges: Charges, shapes: GanShapes): PlayerSpec => {
  const charge = player.goal === 'minimise' ? add : sub
  const penalties = charges.map((penalty) => (typeof penalty === 'function' ? penalty(shapes) : penalty))
  const objective = penalties.reduce<Expr>((sum, penalty) => charge(sum, penalty), { term: player.objective })
  return { ...player, objective: objective.term }
}

/** The term with D's inputs replaced by what D sees. */
export const seenByD = (term: Term, { views, packing }: Seeing, shape: Shape): Term => {
  const at = { network: 'D', shape }
  const seen =
    views.length === 0 ? term : seenTerm(term, at, (of, draw) => viewed(views, { term: of }, { shape, draw }).term)
  return packing === 1 ? seen : packedTerm(seen, at, packing)
}

/** Both players of a GAN: losses plus penalties, with D's inputs seen through the views. */
export const ganPlayers = ({ loss, penalties, shapes, ...seeing }: Formulas) => {
  const player = (spec: PlayerSpec, charges: Charges): PlayerSpec => {
    const paying = charged(spec, charges, shapes)
    return { ...paying, objective: seenByD(paying.objective, seeing, shapes.sample) }
  }
  return {
    discriminator: player(loss.discriminator, penalties.discriminator),
    generator: player(loss.generator, penalties.generator),
  }
}

/** The shape of one sample of a pack. */
export const unpacked = (shape: Shape, samples: number): Shape =>
  shape.map((size, axis) => (axis === shape.length - 1 ? size / samples : size))
