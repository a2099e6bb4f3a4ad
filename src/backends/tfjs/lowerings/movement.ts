import { at, present } from '../../../ir/present.ts'
import { type Params, type Shape, sameShape, size } from '../../../ir/program.ts'
import { alignedTo } from '../../core/broadcastShape.ts'
import { greatestRank, joinAfter, joinMarked, joinPermuted } from '../axes.ts'
import { numberOf, type Scope, type Table, type Value } from '../lowering.ts'
import { onlyInput } from '../plan.ts'

export const reshape = (scope: Scope, x: Value, shape: Shape): Value =>
  sameShape(x.shape, shape) ? x : scope.kernel('Reshape', { x: source(scope, x).slot }, { shape }, shape)

/** What a reshape reshaped. */
const source = (scope: Scope, x: Value): Value => {
  const made = scope.producer(x.slot)
  if (made.type !== 'call' || made.kernel !== 'Reshape') return x
  const slot = onlyInput(made)
  return { slot, shape: scope.producer(slot).shape }
}

const permuted = (shape: Shape, permutation: readonly number[]): Shape => permutation.map((axis) => at(shape, axis))

const transposeFew = (scope: Scope, x: Value, permutation: readonly number[]): Value =>
  scope.kernel('Transpose', { x: x.slot }, { perm: permutation }, permuted(x.shape, permutation))

/** Kernels that permute take more axes than others. */
const mostPermuted = 6

/** One axis after the other is brought to its place. */
const transposeMany = (scope: Scope, x: Value, permutation: readonly number[]): Value => {
  const step = (moved: Value, order: readonly number[], place: number): Value => {
    if (place === permutation.length) return moved
    const from = order.indexOf(at(permutation, place))
    const [axis, before, after] = [at(order, from), order.slice(place, from), order.slice(from + 1)]
    const count = (axes: readonly number[]): number => size(axes.map((each) => at(x.shape, each)))
    const shape = [count(order.slice(0, place)), count(before), count([axis]), count(after)]
    const next = transposeFew(scope, reshape(scope, moved, shape), [0, 2, 1, 3])
    return step(next, [...order.slice(0, place), axis, ...before, ...after], place + 1)
  }
  return step(x, [...permutation.keys()], 0)
}

export const transpose = (scope: Scope, x: Value, permutation: readonly number[]): Value => {
  const shape = permuted(x.shape, permutation)
  const joined = joinPermuted(x.shape, permutation)
  if (joined.permutation.length <= 1) return reshape(scope, x, shape)
  const by = joined.permutation.length <= mostPermuted ? transposeFew : transposeMany
  return reshape(scope, by(scope, reshape(scope, x, joined.shape), joined.permutation), shape)
}

/** A value repeated to the shape that it broadcasts to. */
export const expand = (scope: Scope, x: Value, shape: Shape): Value => {
  if (size(x.shape) === size(shape)) return reshape(scope, x, shape)
  const number = numberOf(scope, x)
  if (number !== undefined) return scope.constant(shape, [number])
  const aligned = alignedTo(shape, x.shape)
  const { shape: full, marked } = joinMarked(shape, (axis) => aligned[axis] === 1 && shape[axis] !== 1)
  const reps = full.map((n, axis) => (marked.includes(axis) ? n : 1))
  const from = reshape(
    scope,
    x,
    full.map((n, axis) => n / at(reps, axis)),
  )
  const made =
    full.length <= greatestRank
      ? scope.kernel('Tile', { x: from.slot }, { reps }, full)
      : marked.reduce((y, axis) => expand(scope, y, y.shape.with(axis, at(full, axis))), from)
  return reshape(scope, made, shape)
}

/** Places along joined axes: of each the first axis's, times the size of what is joined to it. */
const scaled = (groups: readonly (readonly number[])[], shape: Shape, places: readonly number[]): readonly number[] =>
  groups.map((axes) => at(places, at(axes, 0)) * size(axes.slice(1).map((axis) => at(shape, axis))))

/** A part of `x`. */
export const slice = (scope: Scope, x: Value, { starts, sizes }: Params['slice']): Value => {
  if (sameShape(x.shape, sizes)) return x
  const { shape, groups } = joinAfter(x.shape, (axis) => sizes[axis] !== x.shape[axis])
  if (shape.length > greatestRank)
    return sizes.reduce((cut, length, axis) => sliceAxis(scope, cut, axis, at(starts, axis), length), x)
  const begin = scaled(groups, x.shape, starts)
  const lengths = scaled(groups, x.shape, sizes)
  const inputs = { x: reshape(scope, x, shape).slot }
  return reshape(scope, scope.kernel('Slice', inputs, { begin, size: lengths }, lengths), sizes)
}

const sliceAxis = (scope: Scope, x: Value, axis: number, start: number, length: number): Value =>
  slice(scope, x, { starts: x.shape.map(() => 0).with(axis, start), sizes: x.shape.with(axis, length) })

/** Zeros around `x`. */
export const pad = (scope: Scope, x: Value, { before, after }: Params['pad']): Value => {
  const to = x.shape.map((n, axis) => n + at(before, axis) + at(after, axis))
  if (sameShape(to, x.shape)) return x
  const { shape, groups } = joinAfter(x.shape, (axis) => before[axis] !== 0 || after[axis] !== 0)
  if (shape.length > greatestRank)
    return before.reduce((padded, left, axis) => padAxis(scope, padded, axis, left, at(after, axis)), x)
  const right = scaled(groups, x.shape, after)
  const paddings = scaled(groups, x.shape, before).map((n, place) => [n, at(right, place)] as const)
  const padded = scope.kernel(
    'PadV2',
    { x: reshape(scope, x, shape).slot },
    { paddings, constantValue: 0 },
    shape.map((n, place) => {
      const [before, after] = at(paddings, place)
      return n + before + after
    }),
  )
  return reshape(scope, padded, to)
}

const padAxis = (scope: Scope, x: Value, axis: number, before: number, after: number): Value => {
  const none = x.shape.map(() => 0)
  return pad(scope, x, { before: none.with(axis, before), after: none.with(axis, after) })
}

export const movementLowerings = {
  reshape: (node, scope) => {
    const small = scope.value(node.inputs[0])
    return reshape(scope, size(small.shape) === size(node.shape) ? small : scope.whole(node.inputs[0]), node.shape)
  },
  transpose: (node, scope) => transpose(scope, scope.whole(node.inputs[0]), node.params.permutation),
  /** Nothing is repeated until something other than an elementwise kernel reads it. */
  broadcast: (node, scope) => scope.value(node.inputs[0]),
  concat: (node, scope) => {
    const { axis } = node.params
    const [first, ...others] = node.inputs.map(scope.whole)
    return others.length === 0 ? present(first, 'a part') : concat(scope, [present(first, 'a part'), ...others], axis)
  },
  slice: (node, scope) => slice(scope, scope.whole(node.inputs[0]), node.params),
  pad: (node, scope) => pad(scope, scope.whole(node.inputs[0]), node.params),
} satisfies Partial<Table>

/** Along the second of two axes: what is before the joined axis, and it with what is after. */
const concat = (scope: Scope, parts: readonly [Value, ...Value[]], axis: number): Value => {
  const shape = parts[0].shape.map((n, i) =>
    i === axis ? parts.reduce((sum, part) => sum + at(part.shape, axis), 0) : n,
  )
  const rows = size(shape.slice(0, axis))
  const matrices = parts.map((part) => reshape(scope, part, [rows, size(part.shape) / rows]).slot)
  return reshape(scope, scope.kernel('Concat', matrices, { axis: 1 }, [rows, size(shape) / rows]), shape)
}
