import type { BinaryOp, UnaryOp } from '../../../ir/ops/elementwise.ts'
import { broadcastShape } from '../../core/broadcastShape.ts'
import { int } from '../graph.ts'
import type { Lowering, Scope, Table, Value } from '../lowering.ts'
import { expm1, log1p, rsqrt } from './accurate.ts'
import { truth } from './condition.ts'
import { leaky } from './leaky.ts'
import { widened } from './narrow.ts'

interface Prepared {
  readonly of: (operand: Value) => string
  readonly result: (name: string) => Value
}

/** Aligns operands. ONNX broadcasts them itself, so the result may stay small, too. */
const sideBySide = (scope: Scope, operands: readonly Value[]): Prepared => {
  const shape = broadcastShape(operands.map((operand) => operand.shape))
  const wide = scope.processor === 'cpu' ? widened(scope, operands, shape) : undefined
  return wide === undefined
    ? { of: ({ name }) => name, result: (name) => ({ name, shape }) }
    : { of: wide.of, result: (name) => ({ name: wide.back(name), shape }) }
}

const ofOne =
  (compose: (scope: Scope, x: string) => string): Lowering<UnaryOp> =>
  (node, scope) => {
    const { name, shape } = scope.value(node.inputs[0])
    return { name: compose(scope, name), shape }
  }

const ofTwo =
  (compose: (scope: Scope, a: string, b: string) => string): Lowering<BinaryOp> =>
  (node, scope) => {
    const [left, right] = node.inputs
    const [a, b] = [scope.value(left), scope.value(right)]
    const { of, result } = sideBySide(scope, [a, b])
    return result(compose(scope, of(a), of(b)))
  }

const unary = (op: string) => ofOne((scope, x) => scope.node(op, [x]))

const binary = (op: string) => ofTwo((scope, a, b) => scope.node(op, [a, b]))

const floats = int(1)

const comparison = (op: string) => ofTwo((scope, a, b) => scope.node('Cast', [scope.node(op, [a, b])], { to: floats }))

/** onnxruntime fuses a Sum into the preceding Gemm, but not an Add. */
const add = ofTwo((scope, a, b) => {
  const isGemm = (operand: string): boolean => scope.producer(operand)?.op === 'Gemm'
  return scope.node(isGemm(a) || isGemm(b) ? 'Sum' : 'Add', [a, b])
})

/** onnxruntime's Where takes three passes, on one thread. */
const select: Lowering<'select'> = (node, scope) => {
  const [of, then, otherwise] = node.inputs
  const operands = [scope.value(of), scope.value(then), scope.value(otherwise)] as const
  const read = sideBySide(scope, operands)
  const [condition, a, b] = [read.of(operands[0]), read.of(operands[1]), read.of(operands[2])]
  const name = leaky(scope, condition, a, b) ?? scope.node('Where', [truth(scope, condition), a, b])
  return read.result(name)
}

/** Does not broadcast until an operator that is not elementwise reads the value. */
const same: Lowering<'stopGradient' | 'barrier' | 'broadcast'> = (node, scope) => scope.value(node.inputs[0])

export const elementwiseLowerings = {
  neg: unary('Neg'),
  exp: unary('Exp'),
  log: unary('Log'),
  log1p: ofOne(log1p),
  expm1: ofOne(expm1),
  sqrt: unary('Sqrt'),
  rsqrt: ofOne(rsqrt),
  tanh: unary('Tanh'),
  sigmoid: unary('Sigmoid'),
  /** onnxruntime computes it without overflow, and with log1p. */
  softplus: unary('Softplus'),
  relu: unary('Relu'),
  abs: unary('Abs'),
  sign: unary('Sign'),
  erf: unary('Erf'),
  sin: unary('Sin'),
  cos: unary('Cos'),
  floor: unary('Floor'),
  add,
  sub: binary('Sub'),
  mul: binary('Mul'),
  div: binary('Div'),
  pow: binary('Pow'),
  maximum: binary('Max'),
  minimum: binary('Min'),
  greater: comparison('Greater'),
  equal: comparison('Equal'),
  select,
  stopGradient: same,
  barrier: same,
  broadcast: same,
} satisfies Partial<Table>
