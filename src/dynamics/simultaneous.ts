import * as t from '#io-ts'
import { struct } from '../codecs/struct.ts'
import { type DynamicsDefinition, onceEach } from './definition.ts'
import type { Dynamics } from './dynamics.ts'
import { allAtOnce, update } from './update.ts'

interface Simultaneous {
  readonly type: 'simultaneous'
}

/**
 * All players update at once, each against the others' parameters before the step.
 *
 * @example gan({ ...parts, dynamics: simultaneous })
 */
export const simultaneous: Dynamics<never> = { type: 'simultaneous' }

/** Every player updates once, against the others' parameters at the start of the step. */
export const simultaneousDefinition: DynamicsDefinition<Simultaneous> = {
  codec: () => struct({ type: t.literal('simultaneous') }),
  rules: () => ({
    ...onceEach,
    play: (moves) => allAtOnce(moves, moves.start, (player) => update(moves, player, 0, moves.start)),
    text: 'all players at once',
  }),
}
