import type { Shape } from '../ir/program.ts'
import { add, mul, sub } from './elementwise.ts'
import {
  type Expr,
  type Fits,
  type LevelOf,
  type Operand,
  type ShapeOf,
  toTerm,
  type UsesOf,
  type WiderShape,
  type Widest,
} from './expression.ts'
import type { Mutable } from './shape.ts'

/**
 * Which draw it is: equal names are the same numbers, other names independent ones. Every update of a player draws afresh,
 * unless the draw is shared by all the updates of a step.
 */
export type Draw = string | { readonly draw: string; readonly shared: true }

export const drawFields = (draw: Draw): { readonly draw: string; readonly shared?: true } =>
  typeof draw === 'string' ? { draw } : draw

/**
 * Which draw of noise it is. Where a network judges packs of samples, each sample of a pack has numbers of its own; with
 * `perPack` one number counts for the whole pack, as what decides about the pack does. Without packing that is no different.
 */
export type NoiseDraw = Draw | { readonly draw: string; readonly shared?: true; readonly perPack: true }

/** Random numbers of a shape for each sample: uniform on [0, 1) or standard normal. */
export const noise = <const S extends Shape>(
  distribution: 'uniform' | 'normal',
  shape: S,
  draw: NoiseDraw,
): Expr<'sample', Mutable<S>, never> => ({
  term: { op: 'noise', distribution, shape, ...(typeof draw === 'string' ? { draw } : draw) },
})

/**
 * A point between a and b, drawn for each sample: a + u (b - a) with u uniform on [0, 1). Gulrajani et al. 2017, algorithm 1.
 * A pack of samples is one point, with one u (as in the code of CTGAN, Xu et al. 2019).
 */
export const interpolate = <A extends Operand, B extends Operand>(
  a: A,
  b: Fits<A, B>,
  draw: Draw = 'interpolation',
): Expr<Widest<LevelOf<A> | LevelOf<B> | 'sample'>, WiderShape<ShapeOf<A>, ShapeOf<B>>, UsesOf<A> | UsesOf<B>> => {
  const from: Expr = { term: toTerm(a) }
  const to: Expr = { term: toTerm(b) }
  const share = noise('uniform', [], { ...drawFields(draw), perPack: true })
  return { term: add(from, mul(share, sub(to, from))).term }
}

/** A value per sample that the host gives: to ask a trained network, never in a game. */
export const given = <N extends string, const S extends Shape>(
  name: N,
  shape: S,
): Expr<'sample', Mutable<S>, `given ${N}`> => ({ term: { op: 'given', name, shape } })
