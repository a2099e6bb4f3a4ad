import * as E from '#fp-ts/Either'
import type { Problem } from '../../errors/specError.ts'
import type { Builder } from '../../ir/builder.ts'
import type { BinaryOp, UnaryOp } from '../../ir/ops/elementwise.ts'
import { type NodeId, type Shape, sameShape, size } from '../../ir/program.ts'
import { keysOf, recordOf } from '../../ir/recordOf.ts'
import { outputOf } from './apply.ts'
import type { Typed } from './definition.ts'
import { part, type TermDefinition } from './definition.ts'
import type { LowerContext } from './lowerContext.ts'
import { atom, binding, type Pen, type Written } from './notation.ts'
import type { Term } from './term.ts'
import type { TypeContext } from './typeContext.ts'
import { problem, unless, wrong } from './typing.ts'
import { alignable, lead, type Value } from './value.ts'
import { describe, isScalar, type ValueType, widest } from './valueType.ts'
import { call, named, norm, product, raised, squaredVector, sumOfTwo, word } from './writing.ts'

export interface UnaryTerm {
  readonly op: UnaryOp | 'square' | 'stopGradient'
  readonly of: Term
}
export interface BinaryTerm {
  readonly op: BinaryOp
  readonly left: Term
  readonly right: Term
}
/** `chosen` where `condition` is not 0, else `otherwise`. */
export interface SelectTerm {
  readonly op: 'select'
  readonly condition: Term
  readonly chosen: Term
  readonly otherwise: Term
}

/** The shape of an elementwise result: operands have equal shapes, or one is a scalar. */
const joinShapes = (shapes: readonly Shape[]): Shape | undefined =>
  shapes.reduce<Shape | undefined>((joined, shape) => {
    if (joined === undefined) return undefined
    if (sameShape(joined, shape)) return joined
    if (isScalar(joined)) return joined.length > shape.length ? joined : shape
    return isScalar(shape) ? joined : undefined
  }, [])

const typeOf = (operands: readonly ValueType[]): Typed => {
  const shape = joinShapes(operands.map((type) => type.shape))
  return shape === undefined
    ? wrong(
        'operands of one shape, or single numbers',
        operands.map(describe).join(' and '),
        'reshape or reduce one of them',
      )
    : E.right({ level: widest(operands.map((type) => type.level)), shape })
}

/** The problem of a sigmoid of a network that already ends in one. */
const doubledSigmoid = ({ op, of }: UnaryTerm, { networks }: TypeContext): Problem | undefined => {
  const network = op === 'sigmoid' && of.op === 'apply' ? networks[of.network] : undefined
  return of.op === 'apply' && network?.endsInSigmoid(outputOf(of)) === true
    ? problem(
        'logits',
        `${of.network}, which ends in a sigmoid already`,
        'drop its last layer, or the sigmoid of this expression',
      )
    : undefined
}

/** The result of two compatible shapes: the one that is not a scalar, else the one with more axes. */
const wider = (a: Shape, b: Shape): Shape => {
  if (size(a) !== size(b)) return size(a) > size(b) ? a : b
  return a.length >= b.length ? a : b
}

const lowerElementwise = <K extends string>(
  { builder: b, batch }: LowerContext,
  parts: { readonly [P in K]: Value },
  write: (b: Builder, nodes: { readonly [P in K]: NodeId }) => NodeId,
): Value => {
  const names = keysOf(parts)
  const operands = names.map((name) => parts[name])
  const level = widest(operands.map((operand) => operand.level))
  const shape = operands.map((operand) => operand.shape).reduce(wider)
  const node = write(
    b,
    recordOf(names, (name) => alignable(b, parts[name], level, shape, batch)),
  )
  return { level, shape, node: b.broadcast(node, [...lead(level, batch), ...shape]) }
}

/** -expm1(a) is 1 - exp(a). */
const writeNegative: Formula<Term> = (of, pen) =>
  of.op === 'expm1'
    ? { text: `1 ${pen.notation.minus} ${word('exp', of.of, pen).text}`, binds: binding.sum }
    : { text: `${pen.notation.minus}${pen.part(of, binding.prefix)}`, binds: binding.minus }

const writeRoot: Formula<Term> = (of, pen) => {
  const vector = squaredVector(of)
  return vector === undefined ? pen.notation.root(pen.write(of)) : atom(norm(vector, pen))
}

type Formula<A> = (operands: A, pen: Pen) => Written

/** Unary functions with a special notation. */
const unaryFormulas: { readonly [O in UnaryTerm['op']]?: Formula<Term> } = {
  neg: writeNegative,
  exp: (of, pen) => word('exp', of, pen),
  log: (of, pen) => word('log', of, pen),
  log1p: (of, { notation, part }) =>
    atom(notation.operator('log') + notation.parentheses(`1 ${notation.plus} ${part(of, binding.sum)}`)),
  expm1: (of, pen) => ({ text: `${word('exp', of, pen).text} ${pen.notation.minus} 1`, binds: binding.sum }),
  sqrt: writeRoot,
  rsqrt: (of, { notation, write }) => notation.fraction(atom('1'), notation.root(write(of))),
  tanh: (of, pen) => word('tanh', of, pen),
  sigmoid: (of, { notation, part }) => call(notation.sigmoid, [part(of, binding.minus)]),
  abs: (of, { notation, part }) => atom(notation.abs(part(of, binding.minus))),
  sin: (of, pen) => word('sin', of, pen),
  cos: (of, pen) => word('cos', of, pen),
  floor: (of, { notation, part }) => atom(notation.floor(part(of, binding.minus))),
  square: (of, pen) => raised(of, '2', pen),
  stopGradient: (of, pen) => named('sg', [of], pen),
}

const comparison = ({ left, right }: BinaryTerm, sign: string, { notation, part }: Pen): Written =>
  atom(notation.brackets(`${part(left, binding.minus)} ${sign} ${part(right, binding.minus)}`))

/** Binary functions with a special notation. */
const binaryFormulas: { readonly [O in BinaryTerm['op']]?: Formula<BinaryTerm> } = {
  add: ({ left, right }, pen) => sumOfTwo(left, right, pen.notation.plus, binding.sum, pen),
  sub: ({ left, right }, pen) => sumOfTwo(left, right, pen.notation.minus, binding.prefix, pen),
  mul: ({ left, right }, { notation, write, part }) =>
    product(part(left, binding.product), write(right), ` ${notation.times} `, notation),
  div: ({ left, right }, { notation, write }) => notation.fraction(write(left), write(right)),
  pow: ({ left, right }, pen) => raised(left, pen.part(right, binding.minus), pen),
  maximum: ({ left, right }, pen) => named('max', [left, right], pen),
  minimum: ({ left, right }, pen) => named('min', [left, right], pen),
  greater: (term, pen) => comparison(term, pen.notation.greater, pen),
  equal: (term, pen) => comparison(term, '=', pen),
}

export const unaryDefinition: TermDefinition<UnaryTerm> = {
  fields: { of: part },
  type: (term, { of }, context) => unless(doubledSigmoid(term, context), () => typeOf([of])),
  lower: ({ op, of }, context) => lowerElementwise(context, { of: context.lower(of) }, (b, nodes) => b[op](nodes.of)),
  formula: ({ op, of }, pen) => unaryFormulas[op]?.(of, pen) ?? named(op, [of], pen),
  pointwise: ({ op }, arithmetic, { of }) => arithmetic[op](of),
}

export const binaryDefinition: TermDefinition<BinaryTerm> = {
  fields: { left: part, right: part },
  type: (_, { left, right }) => typeOf([left, right]),
  lower: ({ op, left, right }, context) =>
    lowerElementwise(context, { left: context.lower(left), right: context.lower(right) }, (b, nodes) =>
      b[op](nodes.left, nodes.right),
    ),
  formula: (term, pen) => binaryFormulas[term.op]?.(term, pen) ?? named(term.op, [term.left, term.right], pen),
  pointwise: ({ op }, arithmetic, { left, right }) => arithmetic[op](left, right),
}

export const selectDefinition: TermDefinition<SelectTerm> = {
  fields: { condition: part, chosen: part, otherwise: part },
  type: (_, { condition, chosen, otherwise }) => typeOf([condition, chosen, otherwise]),
  lower: ({ condition, chosen, otherwise }, context) => {
    const { lower } = context
    return lowerElementwise(
      context,
      { condition: lower(condition), chosen: lower(chosen), otherwise: lower(otherwise) },
      (b, nodes) => b.select(nodes.condition, nodes.chosen, nodes.otherwise),
    )
  },
  formula: ({ condition, chosen, otherwise }, pen) => named('if', [condition, chosen, otherwise], pen),
  pointwise: (_, arithmetic, { condition, chosen, otherwise }) => arithmetic.select(condition, chosen, otherwise),
}
