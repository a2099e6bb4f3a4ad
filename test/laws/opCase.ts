import fc from 'fast-check'
import { windowCount } from '../../src/ir/ops/convolution.ts'
import type { BinaryOp, UnaryOp } from '../../src/ir/ops/elementwise.ts'
import { at } from '../../src/ir/present.ts'
import { type Op, type Params, type Shape, size, type Window } from '../../src/ir/program.ts'

/** A value of an operand. A fixed one (an index, a condition) is not differentiated by. */
export interface Operand {
  readonly shape: Shape
  readonly values: readonly number[]
  readonly fixed: boolean
}

/** One node of an op, with operands that fit it. */
export interface OpCase<O extends Op> {
  readonly op: O
  readonly params: Params[O]
  readonly operands: readonly Operand[]
}

/** Sizes from 1 to 3, rank 0 to 3. */
export const shapes: fc.Arbitrary<Shape> = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 })

const small = (min: number, max: number) => fc.integer({ min, max })

/** Odd multiples of 1/64 between two whole numbers: never whole, so far from every kink by 1/64 at least. */
const between = (low: number, high: number): fc.Arbitrary<number> =>
  small(low * 32, high * 32 - 1).map((n) => (2 * n + 1) / 64)

const smooth = between(-2, 2)
const positive = between(1, 3).map((x) => x - 0.75)

export const filled = (shape: Shape, values: fc.Arbitrary<number> = smooth): fc.Arbitrary<Operand> =>
  fc
    .array(values, { minLength: size(shape), maxLength: size(shape) })
    .map((all) => ({ shape, values: all, fixed: false }))

/** All values differ by 1/8 at least. */
const distinct = (shape: Shape): fc.Arbitrary<Operand> =>
  fc
    .shuffledSubarray([...Array(size(shape)).keys()], { minLength: size(shape) })
    .map((ranks) => ({ shape, values: ranks.map((rank) => rank / 8 - 1), fixed: false }))

const fixed = (operand: fc.Arbitrary<Operand>): fc.Arbitrary<Operand> => operand.map((o) => ({ ...o, fixed: true }))

const none = {}

const one = <O extends Op, A>(
  op: O,
  from: fc.Arbitrary<A>,
  build: (a: A) => fc.Arbitrary<Omit<OpCase<O>, 'op'>>,
): fc.Arbitrary<OpCase<O>> => from.chain(build).map((rest) => ({ op, ...rest }))

const unary = <O extends UnaryOp | 'stopGradient' | 'barrier'>(op: O, params: Params[O], values = smooth) =>
  one(op, shapes, (shape) => filled(shape, values).map((x) => ({ params, operands: [x] })))

const binary = <O extends BinaryOp>(op: O, params: Params[O], left = smooth, right = smooth) =>
  one(op, shapes, (shape) =>
    fc.tuple(filled(shape, left), filled(shape, right)).map((operands) => ({ params, operands })),
  )

/** Even multiples of 1/64: never equal to a smooth value. */
const others = small(-64, 64).map((n) => n / 32)

const leaf = <O extends Op>(op: O, params: fc.Arbitrary<Params[O]>): fc.Arbitrary<OpCase<O>> =>
  params.map((p) => ({ op, params: p, operands: [] }))

const subsets = (shape: Shape): fc.Arbitrary<readonly number[]> =>
  fc.subarray(shape.map((_, axis) => axis)).map((axes) => [...axes].sort((a, b) => a - b))

const permutations = (rank: number): fc.Arbitrary<readonly number[]> =>
  fc.shuffledSubarray([...Array(rank).keys()], { minLength: rank })

const matmul = one(
  'matmul',
  fc.record({
    lead: fc.array(small(1, 2), { maxLength: 2 }),
    sizes: fc.tuple(small(1, 3), small(1, 3), small(1, 3)),
    a: fc.boolean(),
    b: fc.boolean(),
  }),
  ({ lead, sizes: [m, k, n], a, b }) =>
    fc
      .tuple(filled([...lead, ...(a ? [k, m] : [m, k])]), filled([...lead, ...(b ? [n, k] : [k, n])]))
      .map((operands) => ({ params: { transposeA: a, transposeB: b }, operands })),
)

/** Shapes and window of one convolution: any stride, uneven padding, rows that no window reaches. */
export interface Convolution {
  readonly x: Shape
  readonly filter: Shape
  readonly y: Shape
  readonly window: Window
}
export const convolutions: fc.Arbitrary<Convolution> = fc
  .record({
    batch: small(1, 2),
    channels: fc.tuple(small(1, 2), small(1, 2)),
    image: fc.tuple(small(1, 5), small(1, 5)),
    kernel: fc.tuple(small(1, 3), small(1, 3)),
    strides: fc.tuple(small(1, 3), small(1, 3)),
    padding: fc.tuple(fc.tuple(small(0, 2), small(0, 2)), fc.tuple(small(0, 2), small(0, 2))),
  })
  .filter(({ image, kernel, padding }) =>
    image.every((n, i) => n + at(at(padding, i), 0) + at(at(padding, i), 1) >= at(kernel, i)),
  )
  .map(({ batch, channels: [c, f], image, kernel, strides, padding }) => {
    const places = image.map((n, i) => windowCount(n, at(kernel, i), at(strides, i), at(padding, i)))
    return {
      x: [batch, ...image, c],
      filter: [...kernel, c, f],
      y: [batch, ...places, f],
      window: { strides, padding },
    }
  })

const two = (x: Shape, y: Shape) => fc.tuple(filled(x), filled(y))
const sizeAt = (shape: Shape, axis: number): readonly [number, number] => [at(shape, axis), at(shape, axis + 1)]

/** A shape that broadcasts to the given one: leading axes left out, others of size 1. */
const narrower = (shape: Shape): fc.Arbitrary<Shape> =>
  fc
    .tuple(small(0, shape.length), fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }))
    .map(([left, ones]) => shape.map((n, axis) => (ones[axis] === true ? 1 : n)).slice(left))

const ranked = shapes.filter((shape) => shape.length > 0)

const concat = one(
  'concat',
  fc.tuple(ranked, fc.array(small(1, 3), { minLength: 1, maxLength: 3 }), fc.nat()),
  ([shape, parts, seed]) => {
    const axis = seed % shape.length
    return fc
      .tuple(...parts.map((n) => filled(shape.map((m, i) => (i === axis ? n : m)))))
      .map((operands) => ({ params: { axis }, operands }))
  },
)

const slice = one(
  'slice',
  shapes.chain((shape) =>
    fc.tuple(
      fc.constant(shape),
      fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: shape.length, maxLength: shape.length }),
    ),
  ),
  ([shape, picks]) => {
    const starts = shape.map((n, axis) => at(at(picks, axis), 0) % n)
    const sizes = shape.map((n, axis) => 1 + (at(at(picks, axis), 1) % (n - at(starts, axis))))
    return filled(shape).map((x) => ({ params: { starts, sizes }, operands: [x] }))
  },
)

const pad = one(
  'pad',
  shapes.chain((shape) =>
    fc.tuple(
      fc.constant(shape),
      fc.array(fc.tuple(small(0, 2), small(0, 2)), { minLength: shape.length, maxLength: shape.length }),
    ),
  ),
  ([shape, sides]) =>
    filled(shape).map((x) => ({
      params: { before: sides.map(([n]) => n), after: sides.map(([, n]) => n) },
      operands: [x],
    })),
)

/** Rows, a table's row shape, and the shape of the indices; some rows are read twice and some never. */
const indexed = fc.tuple(small(1, 4), fc.array(small(1, 2), { maxLength: 2 }), fc.array(small(1, 3), { maxLength: 2 }))
const indices = (shape: Shape, rows: number) => fixed(filled(shape, small(0, rows - 1)))

/** A random node of each op, at values where it is smooth. An op that is added needs its row here before tests compile. */
export const opCases: { readonly [O in Op]: fc.Arbitrary<OpCase<O>> } = {
  constant: leaf(
    'constant',
    shapes.chain((shape) => filled(shape)).map(({ shape, values }) => ({ shape, values })),
  ),
  state: leaf(
    'state',
    shapes.map((shape) => ({ name: 's', shape })),
  ),
  draw: leaf(
    'draw',
    shapes.map((shape) => ({ name: 'd', shape })),
  ),
  step: leaf('step', fc.constant(none)),
  neg: unary('neg', none),
  exp: unary('exp', none),
  log: unary('log', none, positive),
  log1p: unary(
    'log1p',
    none,
    positive.map((x) => x - 0.75),
  ),
  expm1: unary('expm1', none),
  sqrt: unary('sqrt', none, positive),
  rsqrt: unary('rsqrt', none, positive),
  tanh: unary('tanh', none),
  sigmoid: unary('sigmoid', none),
  softplus: unary('softplus', none),
  relu: unary('relu', none),
  abs: unary('abs', none),
  sign: unary('sign', none),
  erf: unary('erf', none),
  sin: unary('sin', none),
  cos: unary('cos', none),
  floor: unary('floor', none),
  stopGradient: unary('stopGradient', none),
  barrier: unary('barrier', none),
  add: binary('add', none),
  sub: binary('sub', none),
  mul: binary('mul', none),
  div: binary(
    'div',
    none,
    smooth,
    fc.oneof(
      positive,
      positive.map((x) => -x),
    ),
  ),
  pow: binary('pow', none, positive),
  maximum: binary('maximum', none, smooth, others),
  minimum: binary('minimum', none, smooth, others),
  greater: binary('greater', none, smooth, others),
  equal: binary('equal', none, smooth, others),
  select: one('select', shapes, (shape) =>
    fc
      .tuple(fixed(filled(shape, fc.constantFrom(0, 1, -2))), filled(shape), filled(shape))
      .map((operands) => ({ params: none, operands })),
  ),
  matmul,
  conv2d: one('conv2d', convolutions, ({ x, filter, window }) =>
    two(x, filter).map((operands) => ({ params: window, operands })),
  ),
  conv2dInput: one('conv2dInput', convolutions, ({ x, filter, y, window }) =>
    two(y, filter).map((operands) => ({ params: { ...window, size: sizeAt(x, 1) }, operands })),
  ),
  conv2dFilter: one('conv2dFilter', convolutions, ({ x, filter, y, window }) =>
    two(x, y).map((operands) => ({ params: { ...window, size: sizeAt(filter, 0) }, operands })),
  ),
  sum: one('sum', shapes, (shape) =>
    fc.tuple(filled(shape), subsets(shape)).map(([x, axes]) => ({ params: { axes }, operands: [x] })),
  ),
  max: one('max', shapes, (shape) =>
    fc.tuple(distinct(shape), subsets(shape)).map(([x, axes]) => ({ params: { axes }, operands: [x] })),
  ),
  reshape: one('reshape', shapes, (shape) =>
    fc
      .tuple(filled(shape), fc.constantFrom<Shape>([size(shape)], [1, ...shape], [...shape, 1], [...shape].reverse()))
      .map(([x, to]) => ({ params: { shape: to }, operands: [x] })),
  ),
  transpose: one('transpose', shapes, (shape) =>
    fc
      .tuple(filled(shape), permutations(shape.length))
      .map(([x, permutation]) => ({ params: { permutation }, operands: [x] })),
  ),
  broadcast: one('broadcast', shapes, (shape) =>
    narrower(shape).chain((from) => filled(from).map((x) => ({ params: { shape }, operands: [x] }))),
  ),
  concat,
  slice,
  pad,
  gather: one('gather', indexed, ([rows, row, index]) =>
    fc.tuple(filled([rows, ...row]), indices(index, rows)).map((operands) => ({ params: none, operands })),
  ),
  scatter: one('scatter', indexed, ([rows, row, index]) =>
    fc
      .tuple(filled([...index, ...row]), indices(index, rows))
      .map((operands) => ({ params: { size: rows }, operands })),
  ),
}
