import { type DynamicsDefinition, onceEach } from './definition.ts'
import type { DynamicsOf } from './dynamics.ts'
import { allAtOnce, update } from './update.ts'

/** Every player updates once, each against what the others were at the start of the step. */
export const simultaneousDynamics: DynamicsDefinition<DynamicsOf<'simultaneous'>> = {
  ...onceEach,
  play: (_, moves) => allAtOnce(moves, moves.start, (player) => update(moves, player, 0, moves.start)),
  text: () => 'all players at once',
}
