import type { Scope } from '../lowering.ts'

/** Functions that ONNX lacks, written without cancellation. */

const number = (scope: Scope, value: number): string => scope.floats([], [value])

/** 2 atanh(x / (2 + x)), which is log(1 + x) without the rounding of 1 + x; for |x| < 0.5. */
const log1pNearZero = (scope: Scope, x: string): string => {
  const ratio = scope.node('Div', [x, scope.node('Add', [x, number(scope, 2)])])
  return scope.node('Mul', [number(scope, 2), scope.node('Atanh', [ratio])])
}

/** Away from 0, rounding 1 + x is harmless. */
export const log1p = (scope: Scope, x: string): string => {
  const near = scope.node('Less', [scope.node('Abs', [x]), number(scope, 0.5)])
  const far = scope.node('Log', [scope.node('Add', [x, number(scope, 1)])])
  return scope.node('Where', [near, log1pNearZero(scope, x), far])
}

/** tanh(x / 2) (exp(x) + 1), which is exp(x) - 1 everywhere. */
export const expm1 = (scope: Scope, x: string): string => {
  const tanh = scope.node('Tanh', [scope.node('Mul', [x, number(scope, 0.5)])])
  return scope.node('Mul', [tanh, scope.node('Add', [scope.node('Exp', [x]), number(scope, 1)])])
}

export const rsqrt = (scope: Scope, x: string): string => scope.node('Reciprocal', [scope.node('Sqrt', [x])])
