import * as t from '#io-ts'
import { struct } from '../codecs/struct.ts'
import { type DynamicsDefinition, onceEach } from './definition.ts'
import type { Dynamics } from './dynamics.ts'
import { allAtOnce, slope, tried, update } from './update.ts'

interface Extragradient {
  readonly type: 'extragradient'
}

/**
 * All players look ahead by one update, on draws of their own, and then move from where they were by the gradients found
 * there (Korpelevich 1976; of games Gidel et al. 2019, section 3). Looking ahead leaves no trace in any memory.
 *
 * @example gan({ ...parts, dynamics: extragradient })
 */
export const extragradient: Dynamics<never> = { type: 'extragradient' }

/** All players try an update, and move from where they were by the gradients that they find where that led. */
export const extragradientDefinition: DynamicsDefinition<Extragradient> = {
  codec: () => struct({ type: t.literal('extragradient') }),
  rules: () => ({
    ...onceEach,
    play: (moves) => {
      const { start } = moves
      const ahead = allAtOnce(moves, start, (player) =>
        tried(moves, player, slope(moves, player, 'ahead', start).gradient, start),
      )
      return allAtOnce(moves, start, (player) => update(moves, player, 0, start, ahead))
    },
    text: 'extragradient: all players at once, by the gradients one update ahead',
  }),
}
