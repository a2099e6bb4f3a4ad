import type { NodeId } from '../../../ir/program.ts'
import { broadcastShape } from '../../core/broadcastShape.ts'
import { int } from '../graph.ts'
import type { Scope, Table, Value } from '../lowering.ts'
import { expm1, log1p, rsqrt } from './accurate.ts'
import { truth } from './condition.ts'
import { leaky } from './leaky.ts'
import { widened } from './narrow.ts'

/** ONNX repeats small operands itself, so the result may stay small too. */
const elementwise =
  (compose: (scope: Scope, ...operands: readonly string[]) => string) =>
  (node: { readonly inputs: readonly NodeId[] }, scope: Scope): Value => {
    const operands = node.inputs.map(scope.value)
    const shape = broadcastShape(operands.map((operand) => operand.shape))
    const wide = scope.processor === 'cpu' ? widened(scope, operands, shape) : undefined
    const name =
      wide === undefined
        ? compose(scope, ...operands.map((operand) => operand.name))
        : wide.back(compose(scope, ...wide.operands))
    return { name, shape }
  }

const native = (op: string) => elementwise((scope, ...operands) => scope.node(op, operands))

const floats = int(1)

const comparison = (op: string) =>
  elementwise((scope, a, b) => scope.node('Cast', [scope.node(op, [a, b])], { to: floats }))

/** onnxruntime draws a Sum into the Gemm before it, but not an Add. */
const add = elementwise((scope, ...operands) =>
  scope.node(operands.some((operand) => scope.producer(operand)?.op === 'Gemm') ? 'Sum' : 'Add', operands),
)

/** onnxruntime's Where takes three passes, on one thread. */
const select = elementwise(
  (scope, condition = '', a = '', b = '') =>
    leaky(scope, condition, a, b) ?? scope.node('Where', [truth(scope, condition), a, b]),
)

const same = elementwise((_, x) => x)

export const elementwiseLowerings = {
  neg: native('Neg'),
  exp: native('Exp'),
  log: native('Log'),
  log1p: elementwise(log1p),
  expm1: elementwise(expm1),
  sqrt: native('Sqrt'),
  rsqrt: elementwise(rsqrt),
  tanh: native('Tanh'),
  sigmoid: native('Sigmoid'),
  /** onnxruntime computes it without overflow, and with log1p. */
  softplus: native('Softplus'),
  relu: native('Relu'),
  abs: native('Abs'),
  sign: native('Sign'),
  erf: native('Erf'),
  sin: native('Sin'),
  cos: native('Cos'),
  floor: native('Floor'),
  add,
  sub: native('Sub'),
  mul: native('Mul'),
  div: native('Div'),
  pow: native('Pow'),
  maximum: native('Max'),
  minimum: native('Min'),
  greater: comparison('Greater'),
  equal: comparison('Equal'),
  select: select,
  stopGradient: same,
  barrier: same,
  /** Nothing is repeated until something other than an elementwise operator reads it. */
  broadcast: same,
} satisfies Partial<Table>
