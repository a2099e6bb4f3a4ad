import type { Builder } from '../ir/builder.ts'
import { gradient } from '../ir/gradient.ts'
import { at } from '../ir/present.ts'
import type { NodeId } from '../ir/program.ts'
import type { Moves, Point, Vector } from './moves.ts'

/** The gradient of a scalar by some tensors at a point. The point must hold variables, or be computed from them. */
export const gradientAt = (
  { builder, read }: Pick<Moves, 'builder' | 'read'>,
  of: NodeId,
  point: Point,
  names: readonly string[],
): Vector => {
  const variables = names.map((name) => read(point, name))
  const slopes = gradient(builder, of, variables)
  return new Map(names.map((name, i) => [name, at(slopes, i)]))
}

export const partOf = (vector: Vector, name: string): NodeId => {
  const part = vector.get(name)
  if (part === undefined) throw new Error(`broken invariant: a vector without ${name}`)
  return part
}

const mapped = (vector: Vector, change: (part: NodeId, name: string) => NodeId): Vector =>
  new Map([...vector].map(([name, part]) => [name, change(part, name)]))

/** u + factor v. v must have every component of u. */
export const plus = (b: Builder, u: Vector, factor: NodeId, v: Vector): Vector =>
  mapped(u, (part, name) => b.add(part, b.mul(factor, partOf(v, name))))

export const scaled = (b: Builder, factor: NodeId, v: Vector): Vector => mapped(v, (part) => b.mul(factor, part))

/** The same numbers as constants, for differentiation. */
export const constant = (b: Builder, v: Vector): Vector => mapped(v, (part) => b.stopGradient(part))

/** The inner product, over the components of u. */
export const dot = (b: Builder, u: Vector, v: Vector): NodeId =>
  [...u].reduce((sum, [name, part]) => b.add(sum, b.sum(b.mul(part, partOf(v, name)))), b.number(0))
