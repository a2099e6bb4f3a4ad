import type { Builder } from '../builder.ts'
import type { NodeId, Op } from '../program.ts'
import type { Rule } from '../rule.ts'
import { constantOf, inputOf, operands } from './match.ts'

const commutative: readonly Op[] = ['add', 'mul', 'maximum', 'minimum', 'equal']

/** Puts constants on the right and other operands in the order of their ids, so that equal expressions become equal nodes. */
const orderRule: Rule = {
  name: 'operands of a commutative op in one order',
  ops: commutative,
  apply: (b, node) => {
    const [x, y] = operands(node)
    if (x === undefined || y === undefined) return undefined
    const [constantX, constantY] = [constantOf(b, x) !== undefined, constantOf(b, y) !== undefined]
    const swap = constantX === constantY ? x > y : constantX
    return swap ? b.emit(node.op, node.params, [y, x]) : undefined
  },
}

/** Makes a rule on two operands. It also receives the right operand's constant, if that is one. */
const binaryRule = (
  name: string,
  op: Op,
  apply: (b: Builder, x: NodeId, y: NodeId, constant: number | undefined) => NodeId | undefined,
): Rule => ({
  name,
  ops: [op],
  apply: (b, node) => {
    const [x, y] = operands(node)
    return x === undefined || y === undefined ? undefined : apply(b, x, y, constantOf(b, y))
  },
})

const addZero = binaryRule('x + 0 is x', 'add', (_, x, __, c) => (c === 0 ? x : undefined))
const addSame = binaryRule('x + x is x 2', 'add', (b, x, y) => (x === y ? b.mul(x, b.number(2)) : undefined))
const subZero = binaryRule('x - 0 is x', 'sub', (_, x, __, c) => (c === 0 ? x : undefined))
const zeroSub = binaryRule('0 - x is -x', 'sub', (b, x, y) => (constantOf(b, x) === 0 ? b.neg(y) : undefined))
const subSame = binaryRule('x - x is 0', 'sub', (b, x, y) => (x === y ? b.full(b.shape(x), 0) : undefined))
const mulOne = binaryRule('x 1 is x', 'mul', (_, x, __, c) => (c === 1 ? x : undefined))
const mulZero = binaryRule('x 0 is 0', 'mul', (_, __, y, c) => (c === 0 ? y : undefined))
const mulMinusOne = binaryRule('x (-1) is -x', 'mul', (b, x, _, c) => (c === -1 ? b.neg(x) : undefined))
const divOne = binaryRule('x / 1 is x', 'div', (_, x, __, c) => (c === 1 ? x : undefined))
const divIntoZero = binaryRule('0 / x is 0', 'div', (b, x) => (constantOf(b, x) === 0 ? x : undefined))

/** Whether the product of two constants is a normal float32 number. Otherwise folding them loses precision. */
const survives = (value: number): boolean => Math.abs(value) >= 2 ** -126 && Math.abs(value) < 2 ** 127

const mulTwice = binaryRule('(x c) d is x (c d)', 'mul', (b, x, y, d) => {
  const inner = b.node(x)
  const [u, v] = operands(inner)
  if (d === undefined || inner.op !== 'mul' || u === undefined || v === undefined) return undefined
  const c = constantOf(b, v)
  return c === undefined || !survives(c * d) ? undefined : b.mul(u, b.full(b.shape(y), c * d))
})

const addNeg = binaryRule('x + (-y) is x - y', 'add', (b, x, y) => {
  const right = inputOf(b, y, 'neg')
  if (right !== undefined) return b.sub(x, right)
  const left = inputOf(b, x, 'neg')
  return left === undefined ? undefined : b.sub(y, left)
})

const subNeg = binaryRule('x - (-y) is x + y', 'sub', (b, x, y) => {
  const right = inputOf(b, y, 'neg')
  return right === undefined ? undefined : b.add(x, right)
})

const mulNeg = binaryRule('(-x) y is -(x y), or x (-c)', 'mul', (b, x, y, c) => {
  const [left, right] = [inputOf(b, x, 'neg'), inputOf(b, y, 'neg')]
  if (left !== undefined && c !== undefined) return b.mul(left, b.full(b.shape(y), -c))
  if (left !== undefined) return right === undefined ? b.neg(b.mul(left, y)) : b.mul(left, right)
  return right === undefined ? undefined : b.neg(b.mul(x, right))
})

const negInto: Rule = {
  name: '-(x - y) is y - x; -(x c) is x (-c)',
  ops: ['neg'],
  apply: (b, { inputs: [x] }) => {
    if (x === undefined) return undefined
    const node = b.node(x)
    const [u, v] = operands(node)
    if (u === undefined || v === undefined) return undefined
    if (node.op === 'sub') return b.sub(v, u)
    const c = constantOf(b, v)
    return node.op === 'mul' && c !== undefined ? b.mul(u, b.full(b.shape(v), -c)) : undefined
  },
}

const powers = binaryRule('x^0, x^1, x^2, x^-1 and x^0.5 without a power', 'pow', (b, x, _, c) => {
  if (c === 0) return b.full(b.shape(x), 1)
  if (c === 1) return x
  if (c === 2) return b.square(x)
  if (c === -1) return b.div(b.number(1), x)
  return c === 0.5 ? b.sqrt(x) : undefined
})

const selectRule: Rule = {
  name: 'a select whose choice is known',
  ops: ['select'],
  apply: (b, { inputs: [condition, x, y] }) => {
    if (condition === undefined || x === undefined || y === undefined) return undefined
    if (x === y) return x
    const known = constantOf(b, condition)
    return known === undefined ? undefined : known !== 0 ? x : y
  },
}

export const arithmeticRules: readonly Rule[] = [
  orderRule,
  addZero,
  addSame,
  subZero,
  zeroSub,
  subSame,
  mulOne,
  mulZero,
  mulMinusOne,
  mulTwice,
  divOne,
  divIntoZero,
  addNeg,
  subNeg,
  mulNeg,
  negInto,
  powers,
  selectRule,
]
