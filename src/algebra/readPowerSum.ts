import { inArithmetic } from '../dsl/terms/inArithmetic.ts'
import type { Term } from '../dsl/terms/term.ts'
import { partsOf, subterms } from '../dsl/terms/termParts.ts'
import { type Arithmetic, arithmeticOf } from '../ir/arithmetic.ts'
import type { BinaryOp, UnaryOp } from '../ir/ops/elementwise.ts'
import { present } from '../ir/present.ts'
import { isPointwise } from './pointwise.ts'
import { logOf, raised } from './powerCalculus.ts'
import { number, numberIn, type PowerSum, plus, powerOf, scaled, times, variable } from './powerSum.ts'

/** Terms with more ops than this, fully expanded, are not multiplied out: they count as constant. */
const mostOps = 500

/** How many ops a term has, fully expanded. */
const opsIn = (term: Term): number => {
  const ops = new Map<Term, number>()
  for (const each of subterms(term))
    ops.set(
      each,
      Object.values(partsOf(each)).reduce((sum, part) => sum + present(ops.get(part), 'the count of a part'), 1),
    )
  return present(ops.get(term), 'the count of the term')
}

/** Reads a pointwise term of a positive variable t as a sum of products of powers. Other terms count as constant. */
export const readPowerSum = (root: Term): PowerSum =>
  opsIn(root) > mostOps
    ? powerOf({ type: 'constant', term: root })
    : inArithmetic(onPowerSums, root, (term) => {
        if (term.op === 'variable' && term.name === 't') return variable
        return term.op === 'variable' || !isPointwise(term) ? powerOf({ type: 'constant', term }) : undefined
      })

const one = number(1)
const less = (x: PowerSum, y: PowerSum): PowerSum => plus(x, scaled(-1, y))
const expOf = (x: PowerSum): PowerSum => {
  const value = numberIn(x)
  return value === undefined ? powerOf({ type: 'exp', of: x }) : number(Math.exp(value))
}
const signOf = (x: PowerSum): PowerSum => {
  const value = numberIn(x)
  return value === undefined ? powerOf({ type: 'sign', of: x }) : number(Math.sign(value))
}
const sizeOf = (x: PowerSum): PowerSum => times(signOf(x), x)
const halfOf = (x: PowerSum): PowerSum => scaled(0.5, x)
const quotient = (x: PowerSum, y: PowerSum): PowerSum => times(x, raised(y, -1))

/** Unary functions that reduce to powers, logarithms, exponentials and signs. Any other becomes the first power of itself. */
const unary: { readonly [O in UnaryOp]?: (x: PowerSum) => PowerSum } = {
  neg: (x) => scaled(-1, x),
  exp: expOf,
  log: logOf,
  log1p: (x) => logOf(plus(one, x)),
  expm1: (x) => less(expOf(x), one),
  sqrt: (x) => raised(x, 0.5),
  rsqrt: (x) => raised(x, -0.5),
  tanh: (x) => less(one, quotient(number(2), plus(one, expOf(scaled(2, x))))),
  sigmoid: (x) => quotient(one, plus(one, expOf(scaled(-1, x)))),
  softplus: (x) => logOf(plus(one, expOf(x))),
  relu: (x) => halfOf(plus(x, sizeOf(x))),
  abs: sizeOf,
  sign: signOf,
}

const binary: { readonly [O in BinaryOp]: (x: PowerSum, y: PowerSum) => PowerSum } = {
  add: plus,
  sub: less,
  mul: times,
  div: quotient,
  pow: (x, y) => {
    const exponent = numberIn(y)
    return exponent === undefined ? expOf(times(y, logOf(x))) : raised(x, exponent)
  },
  maximum: (x, y) => halfOf(plus(x, y, sizeOf(less(x, y)))),
  minimum: (x, y) => halfOf(less(plus(x, y), sizeOf(less(x, y)))),
  greater: (x, y) => {
    const sign = signOf(less(x, y))
    return halfOf(plus(raised(sign, 2), sign))
  },
  equal: (x, y) => less(one, raised(signOf(less(x, y)), 2)),
}

/** Elementwise functions on sums of powers. */
export const onPowerSums: Arithmetic<PowerSum> = arithmeticOf<PowerSum>({
  number,
  unary: (op) => unary[op] ?? ((x) => powerOf({ type: op, of: x })),
  binary: (op) => binary[op],
  select: (condition, chosen, otherwise) =>
    plus(otherwise, times(raised(signOf(condition), 2), less(chosen, otherwise))),
  square: (x) => raised(x, 2),
})
