import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { input } from '../../../src/dsl/layers/input.ts'
import { relu } from '../../../src/dsl/layers/pointwise.ts'
import { every } from '../../../src/dsl/objectives/every.ts'
import { normal } from '../../../src/dsl/sources/normal.ts'
import { acrossParameters } from '../../../src/dsl/terms/acrossParameters.ts'
import { given, interpolate, noise } from '../../../src/dsl/terms/draw.ts'
import * as e from '../../../src/dsl/terms/elementwise.ts'
import { type Expr, scalar } from '../../../src/dsl/terms/expression.ts'
import { kernels } from '../../../src/dsl/terms/kernels.ts'
import { slot } from '../../../src/dsl/terms/memory.ts'
import * as statistics from '../../../src/dsl/terms/statistics.ts'
import * as tensor from '../../../src/dsl/terms/tensor.ts'
import type { Term } from '../../../src/dsl/terms/term.ts'
import { termCodec } from '../../../src/dsl/terms/termCodec.ts'
import { gradient, index, progress, step, t } from '../../../src/dsl/terms/variables.ts'
import { network, sample, source } from '../../../src/spec/handle.ts'

const x: Expr<'sample', [2, 3], 'source data'> = sample(source('data', normal([2, 3])))
const image = given('image', [4, 4, 1])
const filter = tensor.constant(
  [3, 3, 1, 2],
  Array.from({ length: 18 }, (_, i) => i),
)
const images = tensor.constant(
  [1, 4, 4, 1],
  Array.from({ length: 16 }, (_, i) => i),
)
const table = tensor.constant([2, 3], [1, 2, 3, 4, 5, 6])

/** One expression for each kind of term: a kind that users cannot write does not compile. */
const expressions: { readonly [O in Exclude<Term['op'], 'previous'>]: Expr } = {
  number: scalar(2),
  tensor: table,
  variable: t,
  step,
  progress,
  ranged: { term: { op: 'ranged', kind: 'weight', of: step.term } },
  index,
  sample: x,
  noise: noise('normal', [2], 'n'),
  given: image,
  apply: network('N', input([2, 3]))(x),
  slot: slot('mean', { initial: 0 }, (previous) => e.add(e.mul(0.9, previous), statistics.E(statistics.sum(x)))),
  grad: statistics.grad(statistics.norm(x), x),
  E: statistics.E(statistics.sum(x)),
  maxOverBatch: statistics.maxOverBatch(x),
  every: every(16, statistics.E(statistics.sum(x))),
  kernels: kernels({ named: 'N' }, (kernel) => statistics.sum(kernel)),
  acrossParameters: acrossParameters(statistics.sum(gradient)),
  pair: statistics.pair(x),
  neg: e.neg(x),
  exp: e.exp(x),
  log: e.log(x),
  log1p: e.log1p(x),
  expm1: e.expm1(x),
  sqrt: e.sqrt(x),
  rsqrt: e.rsqrt(x),
  tanh: e.tanh(x),
  sigmoid: e.sigmoid(x),
  softplus: e.softplus(x),
  relu: e.relu(x),
  abs: e.abs(x),
  sign: e.sign(x),
  erf: e.erf(x),
  sin: e.sin(x),
  cos: e.cos(x),
  floor: e.floor(x),
  square: e.square(x),
  stopGradient: e.stopGradient(x),
  add: e.add(x, 1),
  sub: e.sub(1, x),
  mul: e.mul(x, x),
  div: e.div(x, 2),
  pow: e.pow(x, 2),
  maximum: e.maximum(x, 0),
  minimum: e.minimum(x, 0),
  greater: e.greater(x, 0),
  equal: e.equal(x, 0),
  select: e.select(e.greater(x, 0), x, 0),
  sum: statistics.sum(x),
  mean: statistics.mean(x, [0]),
  max: statistics.max(x, [1]),
  matmul: tensor.matmul(x, table, { transposeRight: true }),
  conv2d: tensor.conv2d(image, filter),
  conv2dInput: tensor.conv2dInput(image, filter, { size: [6, 6] }),
  conv2dFilter: tensor.conv2dFilter(images, images, { size: [1, 1] }),
  reshape: tensor.reshape(x, [3, 2]),
  broadcast: tensor.broadcast(x, [5, 2, 3]),
  transpose: tensor.transpose(x, [1, 0]),
  concat: tensor.concat([x, x], 0),
  slice: tensor.slice(x, [0, 1], [2, 2]),
  pad: tensor.pad(x, [0, 1], [1, 0]),
  gather: tensor.gather(table, scalar(1)),
  scatter: tensor.scatter(table, tensor.constant([2], [0, 1]), 4),
}

test.each(Object.entries(expressions))('%s writes such a term, which decodes to itself', (op, { term }) => {
  expect(term.op).toBe(op)
  expect(termCodec.decode(JSON.parse(JSON.stringify(termCodec.encode(term))))).toEqual(E.right(term))
})

describe('types follow shapes, levels and names', () => {
  test('of tensors', () => {
    const shapes: readonly [
      Expr<'sample', [2, 2], 'source data'>,
      Expr<'sample', [3, 2], 'source data'>,
      Expr<'sample', [3], 'source data'>,
      Expr<'sample', [2], 'source data'>,
      Expr<'pair', [2, 3], 'source data'>,
      Expr<'sample', [], 'source data'>,
      Expr<'batch', [], 'source data'>,
    ] = [
      tensor.matmul(x, table, { transposeRight: true }),
      tensor.transpose(x, [1, 0]),
      statistics.mean(x, [0]),
      statistics.max(x, [1]),
      e.sub(x, statistics.pair(x)),
      statistics.E(statistics.norm(e.sub(x, statistics.pair(x)))),
      statistics.E(statistics.E(statistics.norm(e.sub(x, statistics.pair(x))))),
    ]
    expect(shapes).toHaveLength(7)
  })
})

describe('terms', () => {
  test('interpolate is a + u (b - a), with one u per sample', () => {
    const between = interpolate(x, 1)
    const u: Term = { op: 'noise', distribution: 'uniform', shape: [], draw: 'interpolation', perPack: true }
    const { term } = e.add(x, e.mul({ term: u }, e.sub(scalar(1), x)))
    expect(between.term).toEqual(term)
  })

  test('norm is the root of the sum of squares', () => {
    expect(statistics.norm(x).term).toEqual(e.sqrt(statistics.sum(e.square(x))).term)
  })

  test('a slot reads its own previous value in its update', () => {
    expect(slot('count', { initial: 0 }, (previous) => e.add(previous, 1)).term).toStrictEqual({
      op: 'slot',
      name: 'count',
      initial: 0,
      update: { op: 'add', left: { op: 'previous', slot: 'count' }, right: { op: 'number', value: 1 } },
    })
  })

  test('draws have names and may be shared', () => {
    expect(noise('normal', [2], { draw: 'n', shared: true }).term).toStrictEqual({
      op: 'noise',
      distribution: 'normal',
      shape: [2],
      draw: 'n',
      shared: true,
    })
  })

  test('relu and its kin are layers of networks and functions of expressions', () => {
    expect(relu(input([2])).nodes[1]).toEqual({ layer: { type: 'relu' }, from: [0] })
    expect(relu(x).term).toEqual({ op: 'relu', of: x.term })
    expect(relu(-1).term).toEqual({ op: 'relu', of: { op: 'number', value: -1 } })
  })
})
