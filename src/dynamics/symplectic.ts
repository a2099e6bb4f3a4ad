import * as t from '#io-ts'
import { checkOptions } from '../codecs/argument.ts'
import { finite } from '../codecs/numbers.ts'
import { struct } from '../codecs/struct.ts'
import type { Builder } from '../ir/builder.ts'
import { gradient } from '../ir/gradient.ts'
import { at } from '../ir/present.ts'
import { type NodeId, size } from '../ir/program.ts'
import { type DynamicsDefinition, onceEach } from './definition.ts'
import type { Dynamics } from './dynamics.ts'
import { adjusted, along, type Field, fieldAt, slopeOf, transposedProduct } from './field.ts'
import type { Moves, Vector } from './moves.ts'
import { constant, dot, gradientAt, partOf } from './vector.ts'

interface Symplectic {
  readonly type: 'symplectic'
  readonly weight: number
  readonly align: boolean
}

/** The default options. */
const usual = { weight: 1, align: true }

/**
 * Symplectic gradient adjustment (Balduzzi et al. 2018, algorithm 1): the gradients v of all players become v + weight A'v, where A
 * is the antisymmetric part of the game's Jacobian. With `align`, the sign of the weight is chosen so that stable points attract and
 * unstable ones repel. By default the weight is 1 and its sign is aligned.
 *
 * @example gan({ ...parts, dynamics: symplectic() })
 */
export const symplectic = (options: { readonly weight?: number; readonly align?: boolean } = {}): Dynamics<never> => {
  checkOptions<Partial<Omit<Symplectic, 'type'>>>('symplectic', options, { weight: 'optional', align: 'optional' })
  return { type: 'symplectic', weight: options.weight ?? usual.weight, align: options.align ?? usual.align }
}

/** Added to the alignment before its sign is taken, as in the paper: 1/10. */
const lean = 0.1

/** The number of components of a vector. */
const dimension = (b: Builder, v: Vector): number => [...v.values()].reduce((sum, part) => sum + size(b.shape(part)), 0)

/** J v, where J is the field's Jacobian and v the field. Computed as the derivative of J'u by u, because J'u is linear in u. */
const product = (moves: Moves, field: Field, total: Vector): Vector => {
  const { builder: b } = moves
  const variables = new Map(field.parameters.map((name) => [name, b.barrier(b.stopGradient(partOf(total, name)))]))
  const pulled = gradientAt(
    moves,
    along(b, field, () => variables),
    field.here,
    field.parameters,
  )
  const slopes = gradient(b, dot(b, pulled, constant(b, total)), [...variables.values()])
  return new Map(field.parameters.map((name, i) => [name, at(slopes, i)]))
}

/** The field as one vector. If two players own a parameter, their gradients are summed. */
const totalOf = ({ builder: b, players }: Moves, field: Field): Vector => {
  const total = new Map<string, NodeId>()
  for (const player of players)
    for (const [name, part] of slopeOf(field, player).gradient) {
      const before = total.get(name)
      total.set(name, before === undefined ? part : b.add(before, part))
    }
  return total
}

/** v + weight A'v, where A = (J - J') / 2 is the antisymmetric part of the game's Jacobian. */
export const symplecticDefinition: DynamicsDefinition<Symplectic> = {
  codec: () => struct({ type: t.literal('symplectic'), weight: finite, align: t.boolean }),
  rules: ({ weight, align }) => ({
    ...onceEach,
    play: (moves) => {
      const { builder: b } = moves
      const field = fieldAt(moves, moves.start, '0')
      const total = totalOf(moves, field)
      const energy = transposedProduct(moves, field)
      const turned = product(moves, field, total)
      const adjustment = new Map(
        field.parameters.map((name) => [name, b.mul(b.number(0.5), b.sub(partOf(energy, name), partOf(turned, name)))]),
      )
      const agreement = b.mul(dot(b, total, energy), dot(b, adjustment, energy))
      const alignment = b.add(b.div(agreement, b.number(dimension(b, total))), b.number(lean))
      const factor = b.mul(b.number(weight), align ? b.sign(alignment) : b.number(1))
      return adjusted(moves, field, (gradient, name) => b.add(gradient, b.mul(factor, partOf(adjustment, name))))
    },
    text: `symplectic gradient adjustment: all players at once, weight ${weight}${align ? ', its sign aligned' : ''}`,
  }),
}
