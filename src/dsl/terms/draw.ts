import { checkOptions, checkSizes, checkText } from '../../codecs/argument.ts'
import { name } from '../../codecs/dictionary.ts'
import { shape } from '../../codecs/lists.ts'
import type { Shape } from '../../ir/program.ts'
import { unbounded } from '../types/bounds.ts'
import type { Mutable } from '../types/shape.ts'
import type { TermDefinition } from './definition.ts'
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
import { distribution, flag } from './fields.ts'
import { atom } from './notation.ts'
import { declared, notInOptimizers, wrong } from './typing.ts'
import { drawn } from './writing.ts'

/**
 * Identifies a draw: equal names give the same numbers, different names independent ones. Every update of a player draws new numbers,
 * unless the draw is shared by all updates of a step.
 */
export type Draw = string | { readonly draw: string; readonly shared: true }

export const drawFields = <D extends Exclude<NoiseDraw, string>>(
  called: string,
  draw: string | D,
): D | { readonly draw: string } => {
  if (typeof draw === 'string') return { draw }
  checkOptions<NamedDraw>(called, draw, { draw: 'required', shared: 'optional', perPack: 'optional' }, 'a name, or {}')
  return draw
}

/**
 * Identifies a draw of noise. If a network scores packs of samples, each sample of a pack has its own numbers; with `perPack`, one number
 * counts for the whole pack. Without packing this makes no difference.
 */
export type NoiseDraw = Draw | { readonly draw: string; readonly shared?: true; readonly perPack: true }

interface NamedDraw {
  readonly draw: string
  readonly shared?: true
  readonly perPack?: true
}

/**
 * Random numbers per sample: uniform on [0, 1), or standard normal.
 *
 * @example const blurred = add(x, mul(0.1, noise('normal', [2], 'x')))
 */
export const noise = <const S extends Shape>(
  distribution: 'uniform' | 'normal',
  shape: S,
  draw: NoiseDraw,
): Expr<'sample', Mutable<S>, never> => {
  checkSizes('noise', shape, "noise('normal', [], 'jitter')")
  return { term: { op: 'noise', distribution, shape, ...drawFields('noise', draw) } }
}

/**
 * A random point between a and b, per sample: a + u (b - a) with u uniform on [0, 1). Gulrajani et al. 2017, algorithm 1. A pack of
 * samples counts as one point, with one u, as in CTGAN's code (Xu et al. 2019).
 *
 * @example const between = interpolate(x, fake)
 */
export const interpolate = <A extends Operand, B extends Operand>(
  a: A,
  b: Fits<A, B>,
  draw: Draw = 'interpolation',
): Expr<Widest<LevelOf<A> | LevelOf<B> | 'sample'>, WiderShape<ShapeOf<A>, ShapeOf<B>>, UsesOf<A> | UsesOf<B>> => {
  const from: Expr = { term: toTerm(a, 'interpolate', 'a') }
  const to: Expr = { term: toTerm(b, 'interpolate', 'b') }
  const share = noise('uniform', [], { ...drawFields('interpolate', draw), perPack: true })
  return { term: add(from, mul(share, sub(to, from))).term }
}

/**
 * A value per sample that the caller gives. For queries of a trained network, never in a game.
 *
 * @example const label = given('label', [10])
 */
export const given = <N extends string, const S extends Shape>(
  name: N,
  shape: S,
): Expr<'sample', Mutable<S>, `given ${N}`> => {
  checkText('given', 'name', name, "Write given('z', [16]).")
  checkSizes('given', shape, "given('z', [])")
  return { term: { op: 'given', name, shape } }
}

/** Random numbers per sample: uniform on [0, 1), or standard normal. With `perPack`, one number per pack of samples. */
export interface NoiseTerm {
  readonly op: 'noise'
  readonly distribution: 'uniform' | 'normal'
  readonly shape: Shape
  readonly draw: string
  readonly shared?: true
  readonly perPack?: true
}

/** A value per sample that the caller gives. For queries of a trained network, never in a game. */
export interface GivenTerm {
  readonly op: 'given'
  readonly name: string
  readonly shape: Shape
}

export const noiseDefinition: TermDefinition<NoiseTerm> = {
  fields: { distribution, shape, draw: name, shared: { optional: flag }, perPack: { optional: flag } },
  names: ({ draw }) => [draw],
  type: ({ shape }, _, { place }) =>
    place === 'optimizer' ? notInOptimizers('random numbers') : declared('sample', shape),
  lower: ({ distribution, shape, draw: name, shared }, { batch, draw }) => {
    const drawn = { type: 'noise', draw: name } as const
    const node = draw(drawn, [batch, ...shape], shared ?? false, (stream) => ({ type: distribution, stream }))
    return { level: 'sample', shape, node }
  },
  formula: ({ distribution, draw }, { notation }) => drawn(notation.stochastic[distribution], [draw], notation),
  bounds: ({ distribution }) => (distribution === 'uniform' ? [0, 1] : unbounded),
}

export const givenDefinition: TermDefinition<GivenTerm> = {
  fields: { name, shape },
  type: ({ name, shape }, _, { place }) =>
    place === 'query'
      ? declared('sample', shape)
      : wrong('draws and networks', `the given value '${name}'`, 'draw it from a source of the game'),
  lower: ({ name, shape }, { batch, given }) => ({ level: 'sample', shape, node: given(name, [batch, ...shape]) }),
  formula: ({ name }, { notation }) => atom(notation.symbol(name)),
}
