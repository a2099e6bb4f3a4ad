import { type DynamicsDefinition, onceEach } from './definition.ts'
import type { DynamicsOf } from './dynamics.ts'
import { adjusted, fieldAt, transposedProduct } from './field.ts'
import { partOf } from './vector.ts'

/** Every player lowers, beside its cost, half the squared norm of all gradients: one more cost, that all of them share. */
export const consensusDynamics: DynamicsDefinition<DynamicsOf<'consensus'>> = {
  ...onceEach,
  play: ({ weight }, moves) => {
    const { builder: b } = moves
    const field = fieldAt(moves, moves.start, '0')
    const pull = transposedProduct(moves, field)
    return adjusted(moves, field, (gradient, name) => b.add(gradient, b.mul(b.number(weight), partOf(pull, name))))
  },
  text: ({ weight }) => `consensus: all players at once, each also lowering ${weight} / 2 ‖all gradients‖²`,
}
