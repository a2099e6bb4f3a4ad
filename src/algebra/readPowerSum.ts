import type { Term } from '../dsl/terms/term.ts'
import type { BinaryOp, UnaryOp } from '../ir/ops/elementwise.ts'
import { isPointwise } from './pointwise.ts'
import { logOf, raised } from './powerCalculus.ts'
import { number, numberIn, type PowerSum, plus, powerOf, scaled, times, variable } from './powerSum.ts'

/** A pointwise term of a positive variable t as a sum of products of powers. What is not pointwise counts as constant. */
export const readPowerSum = (term: Term): PowerSum => {
  if (!isPointwise(term) || term.op === 'stopGradient') return powerOf({ type: 'constant', term })
  switch (term.op) {
    case 'number':
      return number(term.value)
    case 'variable':
      return term.name === 't' ? variable : powerOf({ type: 'constant', term })
    case 'select': {
      const [chosen, otherwise] = [readPowerSum(term.chosen), readPowerSum(term.otherwise)]
      const holds = raised(signOf(readPowerSum(term.condition)), 2)
      return plus(otherwise, times(holds, less(chosen, otherwise)))
    }
    default:
      return 'of' in term
        ? unary[term.op](readPowerSum(term.of))
        : binary[term.op](readPowerSum(term.left), readPowerSum(term.right))
  }
}

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

const unary: { readonly [O in UnaryOp | 'square']: (x: PowerSum) => PowerSum } = {
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
  erf: (x) => powerOf({ type: 'erf', of: x }),
  sin: (x) => powerOf({ type: 'sin', of: x }),
  cos: (x) => powerOf({ type: 'cos', of: x }),
  floor: (x) => powerOf({ type: 'floor', of: x }),
  square: (x) => raised(x, 2),
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
