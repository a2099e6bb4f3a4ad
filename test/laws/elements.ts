import { strides } from '../../src/ir/ops/op.ts'
import { at } from '../../src/ir/present.ts'
import type { Op, Params, Shape, Window } from '../../src/ir/program.ts'
import type { Operand } from './opCase.ts'

/** One element of an operand. */
type Read = (index: readonly number[]) => number

/** An element of an op's result by its definition alone: slow, and written without a look at how the op is computed. */
type Element<O extends Op> = (
  index: readonly number[],
  reads: readonly Read[],
  params: Params[O],
  shapes: readonly Shape[],
) => number

type Leaf = 'constant' | 'state' | 'draw' | 'step'
type Computed = Exclude<Op, Leaf>

export const reader =
  ({ shape, values }: Pick<Operand, 'shape' | 'values'>): Read =>
  (index) =>
    at(
      values,
      strides(shape).reduce((sum, stride, axis) => sum + stride * at(index, axis), 0),
    )

/** Every index of a shape, row-major. */
export const indicesOf = (shape: Shape): readonly (readonly number[])[] =>
  shape.reduce<readonly (readonly number[])[]>(
    (all, n) => all.flatMap((index) => [...Array(n).keys()].map((i) => [...index, i])),
    [[]],
  )

const total = (shape: Shape, f: Read): number => indicesOf(shape).reduce((sum, index) => sum + f(index), 0)

const unary =
  (f: (x: number) => number) =>
  (index: readonly number[], [x = () => Number.NaN]: readonly Read[]): number =>
    f(x(index))

const binary =
  (f: (x: number, y: number) => number) =>
  (index: readonly number[], reads: readonly Read[]): number =>
    f(at(reads, 0)(index), at(reads, 1)(index))

/** Simpson's rule on erf's integral. */
const erf = (x: number): number => {
  const n = 2000
  const f = (i: number): number => Math.exp(-(((x * i) / n) ** 2)) * (i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2)
  return ((2 / Math.sqrt(Math.PI)) * (x / n) * [...Array(n + 1).keys()].reduce((sum, i) => sum + f(i), 0)) / 3
}

/** The sum of products of what a window joins: x at the pixel, the filter at the tap, y at the place. */
const joined = (
  { strides: [sh, sw], padding: [[top], [left]] }: Window,
  [batch, h, w, c]: Shape,
  [kh, kw]: readonly number[],
  [, oh, ow, f]: Shape,
  product: (x: readonly number[], filter: readonly number[], y: readonly number[]) => number,
): number =>
  total([batch ?? 0, oh ?? 0, ow ?? 0, kh ?? 0, kw ?? 0, c ?? 0, f ?? 0], ([n, i, j, p, q, k, l]) => {
    const row = (i ?? 0) * sh + (p ?? 0) - top
    const column = (j ?? 0) * sw + (q ?? 0) - left
    const inside = row >= 0 && row < (h ?? 0) && column >= 0 && column < (w ?? 0)
    return inside
      ? product([n ?? 0, row, column, k ?? 0], [p ?? 0, q ?? 0, k ?? 0, l ?? 0], [n ?? 0, i ?? 0, j ?? 0, l ?? 0])
      : 0
  })

const same = (a: readonly number[], b: readonly number[]): boolean => a.every((n, i) => n === b[i])

const swapIf = (swap: boolean, [i = 0, j = 0]: readonly number[]): readonly number[] => (swap ? [j, i] : [i, j])

/** All elements that a reduction puts into one: the reduced axes take every place. */
const reducedTo = (index: readonly number[], axes: readonly number[], shape: Shape): readonly (readonly number[])[] =>
  indicesOf(shape).filter((full) =>
    same(
      full.filter((_, axis) => !axes.includes(axis)),
      index,
    ),
  )

export const elements: { readonly [O in Computed]: Element<O> } = {
  neg: unary((x) => 0 - x),
  exp: unary((x) => Math.E ** x),
  log: unary((x) => Math.log2(x) * Math.LN2),
  log1p: unary((x) => Math.log(1 + x)),
  expm1: unary((x) => Math.exp(x) - 1),
  sqrt: unary((x) => x ** 0.5),
  rsqrt: unary((x) => x ** -0.5),
  tanh: unary((x) => (Math.exp(x) - Math.exp(-x)) / (Math.exp(x) + Math.exp(-x))),
  sigmoid: unary((x) => 1 / (1 + Math.exp(-x))),
  softplus: unary((x) => Math.log(1 + Math.exp(x))),
  relu: unary((x) => (x + Math.abs(x)) / 2),
  abs: unary((x) => (x < 0 ? -x : x)),
  sign: unary((x) => (x > 0 ? 1 : x < 0 ? -1 : 0)),
  erf: unary(erf),
  sin: unary((x) => Math.cos(x - Math.PI / 2)),
  cos: unary((x) => 1 - 2 * Math.sin(x / 2) ** 2),
  floor: unary((x) => x - (((x % 1) + 1) % 1)),
  stopGradient: unary((x) => x),
  barrier: unary((x) => x),
  add: binary((x, y) => x + y),
  sub: binary((x, y) => x - y),
  mul: binary((x, y) => x * y),
  div: binary((x, y) => x / y),
  pow: binary((x, y) => Math.exp(y * Math.log(x))),
  maximum: binary((x, y) => (x + y + Math.abs(x - y)) / 2),
  minimum: binary((x, y) => (x + y - Math.abs(x - y)) / 2),
  greater: binary((x, y) => (x > y ? 1 : 0)),
  equal: binary((x, y) => (x === y ? 1 : 0)),
  select: (index, reads) => (at(reads, 0)(index) === 0 ? at(reads, 2)(index) : at(reads, 1)(index)),
  matmul: (index, reads, { transposeA, transposeB }, shapes) => {
    const [lead, i, j] = [index.slice(0, -2), index.at(-2) ?? 0, index.at(-1) ?? 0]
    return total([at(shapes, 0).at(transposeA ? -2 : -1) ?? 0], ([k = 0]) => {
      const [x, y] = [swapIf(transposeA, [i, k]), swapIf(transposeB, [k, j])]
      return at(reads, 0)([...lead, ...x]) * at(reads, 1)([...lead, ...y])
    })
  },
  conv2d: (index, reads, window, [x = [], filter = []]) => {
    const [, oi = 0, oj = 0] = index
    const y = [at(x, 0), oi + 1, oj + 1, at(filter, 3)]
    return joined(window, x, filter, y, (a, f, place) => (same(place, index) ? at(reads, 0)(a) * at(reads, 1)(f) : 0))
  },
  conv2dInput: (index, reads, params, [y = [], filter = []]) => {
    const x = [at(y, 0), ...params.size, at(filter, 2)]
    return joined(params, x, filter, y, (pixel, f, place) =>
      same(pixel, index) ? at(reads, 0)(place) * at(reads, 1)(f) : 0,
    )
  },
  conv2dFilter: (index, reads, params, [x = [], y = []]) =>
    joined(params, x, params.size, y, (pixel, tap, place) =>
      same(tap, index) ? at(reads, 0)(pixel) * at(reads, 1)(place) : 0,
    ),
  sum: (index, reads, { axes }, [shape = []]) =>
    reducedTo(index, axes, shape).reduce((sum, full) => sum + at(reads, 0)(full), 0),
  max: (index, reads, { axes }, [shape = []]) =>
    Math.max(...reducedTo(index, axes, shape).map((full) => at(reads, 0)(full))),
  reshape: (index, reads, { shape }, [from = []]) => {
    const place = indicesOf(shape).findIndex((other) => same(other, index))
    return at(reads, 0)(at(indicesOf(from), place))
  },
  transpose: (index, reads, { permutation }) => {
    const source = permutation.map((_, axis) => at(index, permutation.indexOf(axis)))
    return at(reads, 0)(source)
  },
  broadcast: (index, reads, _, [from = []]) => {
    const aligned = index.slice(index.length - from.length)
    return at(reads, 0)(aligned.map((i, axis) => (from[axis] === 1 ? 0 : i)))
  },
  concat: (index, reads, { axis }, shapes) => {
    const owners = shapes.flatMap((shape, part) => [...Array(at(shape, axis)).keys()].map((local) => ({ part, local })))
    const { part, local } = at(owners, at(index, axis))
    return at(reads, part)(index.map((i, a) => (a === axis ? local : i)))
  },
  slice: (index, reads, { starts }) => at(reads, 0)(index.map((i, axis) => i + at(starts, axis))),
  pad: (index, reads, { before }, [shape = []]) => {
    const source = index.map((i, axis) => i - at(before, axis))
    return source.every((i, axis) => i >= 0 && i < at(shape, axis)) ? at(reads, 0)(source) : 0
  },
  gather: (index, reads, _, [table = [], indices = []]) => {
    const row = at(reads, 1)(index.slice(0, indices.length))
    return at(reads, 0)([row, ...index.slice(index.length - table.length + 1)])
  },
  scatter: ([row = 0, ...rest], reads, _, [, indices = []]) =>
    total(indices, (index) => (at(reads, 1)(index) === row ? at(reads, 0)([...index, ...rest]) : 0)),
}
