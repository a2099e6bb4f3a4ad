import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { finite } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import { type DynamicsDefinition, onceEach } from './definition.ts'
import type { Dynamics } from './dynamics.ts'
import { adjusted, fieldAt, transposedProduct } from './field.ts'
import { partOf } from './vector.ts'

interface Consensus {
  readonly type: 'consensus'
  readonly weight: number
}

/**
 * Consensus optimisation (Mescheder et al. 2017, algorithm 2): besides its own cost, each player also minimises `weight` times half
 * the squared norm of all players' gradients. Simultaneous play alone may never converge.
 *
 * @example gan({ ...parts, dynamics: consensus({ weight: 10 }) })
 */
export const consensus = (options: { readonly weight: number }): Dynamics<never> => {
  checkOptions<Omit<Consensus, 'type'>>('consensus', options, { weight: 'required' })
  return { type: 'consensus', ...options }
}

/** Each player also minimises a shared cost: half the squared norm of all gradients. */
export const consensusDefinition: DynamicsDefinition<Consensus> = {
  codec: () => struct({ type: t.literal('consensus'), weight: finite }),
  rules: ({ weight }) => ({
    ...onceEach,
    play: (moves) => {
      const { builder: b } = moves
      const field = fieldAt(moves, moves.start, '0')
      const pull = transposedProduct(moves, field)
      return adjusted(moves, field, (gradient, name) => b.add(gradient, b.mul(b.number(weight), partOf(pull, name))))
    },
    text: `consensus: all players at once, each also lowering ${weight} / 2 ‖all gradients‖²`,
  }),
}
