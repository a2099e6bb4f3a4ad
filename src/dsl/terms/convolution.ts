import * as E from '#fp-ts/Either'
import { checkOptions, type OptionFields } from '../../codecs/argument.ts'
import type { Problem } from '../../errors/specError.ts'
import type { Shape } from '../../ir/program.ts'
import { size } from '../../ir/program.ts'
import { part, type TermDefinition } from './definition.ts'
import { type Expr, type Level, toTerm } from './expression.ts'
import { padding, twoSizes } from './fields.ts'
import type { LowerContext } from './lowerContext.ts'
import type { Term } from './term.ts'
import type { TypeContext } from './typeContext.ts'
import { constantProblem, naturalsProblem, perValue, problem } from './typing.ts'
import { lead, type Value } from './value.ts'
import type { ValueType } from './valueType.ts'
import { named } from './writing.ts'

export interface ConvolutionTerm {
  readonly op: 'conv2d' | 'conv2dInput' | 'conv2dFilter'
  readonly left: Term
  readonly right: Term
  readonly strides: readonly [number, number]
  readonly padding: readonly [readonly [number, number], readonly [number, number]]
  /** Height and width of the result, for conv2dInput and conv2dFilter. */
  readonly size?: readonly [number, number]
}

/** Strides and zero padding over height and width: `padding` is `[[top, bottom], [left, right]]`, none where absent. */
export interface Window {
  readonly strides?: readonly [number, number]
  readonly padding?: readonly [readonly [number, number], readonly [number, number]]
}
type Sizes = readonly [number, number]
type SizedWindow = Window & { readonly size: Sizes }
const windowFields: OptionFields<Window> = { strides: 'optional', padding: 'optional' }
const sizedWindowFields: OptionFields<SizedWindow> = { ...windowFields, size: 'required' }

const window = ({
  strides = [1, 1],
  padding = [
    [0, 0],
    [0, 0],
  ],
}: Window) => ({ strides, padding }) as const

/** A constant stack of images has an axis for them; one image per sample has none. */
type Images<L extends Level> = [L] extends ['batch'] ? [number, number, number, number] : [number, number, number]

/**
 * `(image [h, w, c], constant filter [kh, kw, c, f]) -> [oh, ow, f]`, a cross-correlation. Constant images: `[n, h, w, c]`.
 *
 * @example ops.conv2d(image, ops.constant([3, 3, 1, 1], [0, 1, 0, 1, -4, 1, 0, 1, 0]))
 */
export const conv2d = <L extends Level, U extends string, V extends string>(
  image: Expr<L, Shape, U>,
  filter: Expr<'batch', Shape, V>,
  options: Window = {},
): Expr<L, Images<L>, U | V> => {
  checkOptions<Window>('ops.conv2d', options, windowFields, 'ops.conv2d(image, filter, {})')
  const [left, right] = [toTerm(image, 'ops.conv2d', 'image'), toTerm(filter, 'ops.conv2d', 'filter')]
  return { term: { op: 'conv2d', left, right, ...window(options) } }
}

/**
 * `(y [oh, ow, f], constant filter [kh, kw, c, f]) -> [h, w, c]`, the transposed convolution; `size` is `[h, w]`.
 *
 * @example ops.conv2dInput(image, ops.constant([3, 3, 1, 1], [0, 1, 0, 1, -4, 1, 0, 1, 0]), { size: [28, 28] })
 */
export const conv2dInput = <L extends Level, U extends string, V extends string>(
  y: Expr<L, Shape, U>,
  filter: Expr<'batch', Shape, V>,
  options: Window & { readonly size: Sizes },
): Expr<L, Images<L>, U | V> => {
  checkOptions<SizedWindow>('ops.conv2dInput', options, sizedWindowFields, 'ops.conv2dInput(y, filter, {})')
  const [left, right] = [toTerm(y, 'ops.conv2dInput', 'y'), toTerm(filter, 'ops.conv2dInput', 'filter')]
  return { term: { op: 'conv2dInput', left, right, ...window(options), size: options.size } }
}

/**
 * `(constant images [n, h, w, c], constant y [n, oh, ow, f]) -> [kh, kw, c, f]`, conv2d's gradient by its filter; `size` is `[kh, kw]`.
 *
 * @example ops.conv2dFilter(images, filtered, { size: [3, 3] })
 */
export const conv2dFilter = <U extends string, V extends string>(
  images: Expr<'batch', Shape, U>,
  y: Expr<'batch', Shape, V>,
  options: Window & { readonly size: Sizes },
): Expr<'batch', [number, number, number, number], U | V> => {
  checkOptions<SizedWindow>('ops.conv2dFilter', options, sizedWindowFields, 'ops.conv2dFilter(images, y, {})')
  const [left, right] = [toTerm(images, 'ops.conv2dFilter', 'images'), toTerm(y, 'ops.conv2dFilter', 'y')]
  return { term: { op: 'conv2dFilter', left, right, ...window(options), size: options.size } }
}

/** Images of one value have no batch axis of their own. */
const asImages = ({ level, shape }: ValueType): Shape => (level === 'batch' ? shape : [1, ...shape])

const ofOneImage = (level: Level, shape: E.Either<Problem, Shape>): E.Either<Problem, Shape> =>
  level === 'batch' ? shape : E.map((images: Shape) => images.slice(1))(shape)

const shapeOf = (
  { op, strides, padding, size }: ConvolutionTerm,
  left: ValueType,
  right: ValueType,
  { opShape }: TypeContext,
): E.Either<Problem, Shape> => {
  const bad = naturalsProblem('padding', padding.flat()) ?? constantProblem(`the second operand of ${op}`, right)
  if (bad !== undefined) return E.left(bad)
  const shapes = [asImages(left), right.shape]
  if (op === 'conv2d') return ofOneImage(left.level, opShape(op, { strides, padding }, shapes))
  if (size === undefined) return E.left(problem(`size in ${op}`, 'none', 'give the height and width of what it makes'))
  const made = opShape(op, { strides, padding, size }, shapes)
  if (op === 'conv2dInput') return ofOneImage(left.level, made)
  const sampled = constantProblem('both operands of conv2dFilter', left)
  return sampled === undefined ? made : E.left(sampled)
}

/** Images per sample or per pair are one batch of images to the convolution. */
const lower = (term: ConvolutionTerm, { builder: b, batch, lower }: LowerContext): Value => {
  const [left, { node: right }] = [lower(term.left), lower(term.right)]
  const window = { strides: term.strides, padding: term.padding }
  const params = { ...window, size: term.size ?? [1, 1] }
  const front = lead(left.level, batch)
  const images = left.level === 'batch' ? left.node : b.reshape(left.node, [size(front), ...left.shape])
  if (term.op === 'conv2dFilter') {
    const filter = b.conv2dFilter(images, right, params)
    return { level: 'batch', shape: b.shape(filter), node: filter }
  }
  const made = term.op === 'conv2d' ? b.conv2d(images, right, window) : b.conv2dInput(images, right, params)
  const shape = left.level === 'batch' ? b.shape(made) : b.shape(made).slice(1)
  return { level: left.level, shape, node: b.reshape(made, [...front, ...shape]) }
}

export const convolutionDefinition: TermDefinition<ConvolutionTerm> = {
  fields: { left: part, right: part, strides: twoSizes, padding, size: { optional: twoSizes } },
  type: (term, { left, right }, context) => perValue([left, right], shapeOf(term, left, right, context)),
  lower,
  formula: ({ op, left, right }, pen) => named(op, [left, right], pen),
}
