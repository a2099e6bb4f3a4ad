import * as t from '#io-ts'
import { struct } from '../codecs/struct.ts'
import { type DynamicsDefinition, onceEach } from './definition.ts'
import type { Dynamics } from './dynamics.ts'
import { allAtOnce, slope, tried, update } from './update.ts'

interface Extragradient {
  readonly type: 'extragradient'
}

/**
 * All players look ahead by one update, on separate draws, then move from their old parameters by the gradients found there
 * (Korpelevich 1976; for games Gidel et al. 2019, section 3). Looking ahead changes no optimizer's memory.
 *
 * @example gan({ ...parts, dynamics: extragradient })
 */
export const extragradient: Dynamics<never> = { type: 'extragradient' }

/** All players try an update, then move from their old parameters by the gradients at the new ones. */
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
