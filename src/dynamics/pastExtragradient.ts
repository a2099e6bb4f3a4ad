import * as t from '#io-ts'
import { struct } from '../codecs/struct.ts'
import { type DynamicsDefinition, type DynamicsMemory, onceEach } from './definition.ts'
import type { Dynamics } from './dynamics.ts'
import type { Vector } from './moves.ts'
import { allAtOnce, move, slope, tried } from './update.ts'
import { partOf } from './vector.ts'

interface PastExtragradient {
  readonly type: 'pastExtragradient'
}

/**
 * Extragradient that looks ahead by the gradients of the previous step, so that a step costs one gradient (Popov 1980; for games
 * Gidel et al. 2019, section 3). The first step looks ahead by a gradient of 0.
 *
 * @example gan({ ...parts, dynamics: pastExtragradient })
 */
export const pastExtragradient: Dynamics<never> = { type: 'pastExtragradient' }

/** The stored gradient of a player. Two players may own the same parameter. */
const past = (player: string, parameter: string): DynamicsMemory => ({ type: 'past', player, parameter })

/** Extragradient whose tried update uses the last gradients of the previous step. */
export const pastExtragradientDefinition: DynamicsDefinition<PastExtragradient> = {
  codec: () => struct({ type: t.literal('pastExtragradient') }),
  rules: () => ({
    ...onceEach,
    memory: (owned) =>
      Object.entries(owned).flatMap(([player, parameters]) =>
        parameters.map((parameter) => ({ memory: past(player, parameter), start: 'zeros' as const })),
      ),
    play: (moves) => {
      const { start, owned, memory, read } = moves
      const before = (player: string): Vector =>
        new Map(owned(player).map((name) => [name, read(start, memory(past(player, name)))]))
      const ahead = allAtOnce(moves, start, (player) => tried(moves, player, before(player), start))
      return allAtOnce(moves, start, (player) => {
        const seen = slope(moves, player, '0', ahead)
        const { from, values } = move(moves, player, 0, seen, start)
        const kept = owned(player).map((name) => [memory(past(player, name)), partOf(seen.gradient, name)] as const)
        return { from, values: new Map([...values, ...kept]) }
      })
    },
    text: 'extragradient from the past: all players at once, by the gradients ahead, as the last ones were',
  }),
}
