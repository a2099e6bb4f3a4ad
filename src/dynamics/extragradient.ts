import { type DynamicsDefinition, onceEach } from './definition.ts'
import type { DynamicsOf } from './dynamics.ts'
import { allAtOnce, slope, tried, update } from './update.ts'

/** All players try an update, and move from where they were by the gradients that they find where that led. */
export const extragradientDynamics: DynamicsDefinition<DynamicsOf<'extragradient'>> = {
  ...onceEach,
  play: (_, moves) => {
    const { start } = moves
    const ahead = allAtOnce(moves, start, (player) =>
      tried(moves, player, slope(moves, player, 'ahead', start).gradient, start),
    )
    return allAtOnce(moves, start, (player) => update(moves, player, 0, start, ahead))
  },
  text: () => 'extragradient: all players at once, by the gradients one update ahead',
}
