import { type Params, type Shape, sameShape, size } from '../../../ir/program.ts'
import { joinAfter, joinMarked, joinPermuted } from '../axes.ts'
import { one, type Scope, type Table, type Value } from '../lowering.ts'

export const reshape = (scope: Scope, x: Value, shape: Shape): Value =>
  sameShape(x.shape, shape) ? x : scope.kernel('Reshape', { x: source(scope, x).slot }, { shape }, shape)

/** What a reshape reshaped. */
const source = (scope: Scope, x: Value): Value => {
  const made = scope.producer(x.slot)
  if (made.type !== 'call' || made.kernel !== 'Reshape') return x
  const [slot = x.slot] = Object.values(made.inputs)
  return { slot, shape: scope.producer(slot).shape }
}

export const transpose = (scope: Scope, x: Value, permutation: readonly number[]): Value => {
  const shape = permutation.map((axis) => x.shape[axis] ?? 1)
  const joined = joinPermuted(x.shape, permutation)
  if (joined.permutation.length <= 1) return reshape(scope, x, shape)
  const moved = scope.kernel(
    'Transpose',
    { x: reshape(scope, x, joined.shape).slot },
    { perm: joined.permutation },
    joined.permutation.map((axis) => joined.shape[axis] ?? 1),
  )
  return reshape(scope, moved, shape)
}

/** A value repeated to the shape that it broadcasts to. */
export const expand = (scope: Scope, x: Value, shape: Shape): Value => {
  if (size(x.shape) === size(shape)) return reshape(scope, x, shape)
  const aligned = shape.map((_, axis) => x.shape[axis - shape.length + x.shape.length] ?? 1)
  const made = scope.producer(x.slot)
  if (made.type === 'constant' && made.values.length === 1)
    return scope.constant(shape, new Array<number>(size(shape)).fill(made.values[0] ?? Number.NaN))
  const { shape: full, marked } = joinMarked(shape, (axis) => aligned[axis] === 1 && shape[axis] !== 1)
  const from = reshape(
    scope,
    x,
    full.map((n, axis) => (marked.includes(axis) ? 1 : n)),
  )
  const reps = full.map((n, axis) => (marked.includes(axis) ? n : 1))
  return reshape(scope, scope.kernel('Tile', { x: from.slot }, { reps }, full), shape)
}

/** Places along joined axes: of each the first axis's, times the size of what is joined to it. */
const scaled = (groups: readonly (readonly number[])[], shape: Shape, places: readonly number[]): readonly number[] =>
  groups.map(([first = 0, ...rest]) => (places[first] ?? 0) * size(rest.map((axis) => shape[axis] ?? 1)))

/** A part of `x`. */
export const slice = (scope: Scope, x: Value, { starts, sizes }: Params['slice']): Value => {
  if (sameShape(x.shape, sizes)) return x
  const { shape, groups } = joinAfter(x.shape, (axis) => sizes[axis] !== x.shape[axis])
  const begin = scaled(groups, x.shape, starts)
  const lengths = scaled(groups, x.shape, sizes)
  const inputs = { x: reshape(scope, x, shape).slot }
  return reshape(scope, scope.kernel('Slice', inputs, { begin, size: lengths }, lengths), sizes)
}

/** Zeros around `x`. */
export const pad = (scope: Scope, x: Value, { before, after }: Params['pad']): Value => {
  const to = x.shape.map((n, axis) => n + (before[axis] ?? 0) + (after[axis] ?? 0))
  if (sameShape(to, x.shape)) return x
  const { shape, groups } = joinAfter(x.shape, (axis) => before[axis] !== 0 || after[axis] !== 0)
  const right = scaled(groups, x.shape, after)
  const paddings = scaled(groups, x.shape, before).map((n, place) => [n, right[place] ?? 0] as const)
  const padded = scope.kernel(
    'PadV2',
    { x: reshape(scope, x, shape).slot },
    { paddings, constantValue: 0 },
    shape.map((n, place) => n + (paddings[place]?.[0] ?? 0) + (paddings[place]?.[1] ?? 0)),
  )
  return reshape(scope, padded, to)
}

export const movementLowerings = {
  reshape: (node, scope) => {
    const small = scope.value(one(node))
    return reshape(scope, size(small.shape) === size(node.shape) ? small : scope.whole(one(node)), node.shape)
  },
  transpose: (node, scope) => transpose(scope, scope.whole(one(node)), node.params.permutation),
  /** Nothing is repeated until something other than an elementwise kernel reads it. */
  broadcast: (node, scope) => scope.value(one(node)),
  concat: (node, scope) => {
    const { axis } = node.params
    const parts = node.inputs.map(scope.whole)
    const [first] = parts
    if (parts.length === 1 && first !== undefined) return first
    return concat(scope, parts, axis)
  },
  slice: (node, scope) => slice(scope, scope.whole(one(node)), node.params),
  pad: (node, scope) => pad(scope, scope.whole(one(node)), node.params),
} satisfies Partial<Table>

/** Along the second of two axes: what is before the joined axis, and it with what is after. */
export const concat = (scope: Scope, parts: readonly Value[], axis: number): Value => {
  const shape = (parts[0]?.shape ?? []).map((n, i) =>
    i === axis ? parts.reduce((sum, part) => sum + (part.shape[axis] ?? 0), 0) : n,
  )
  const rows = size(shape.slice(0, axis))
  const matrices = parts.map((part) => reshape(scope, part, [rows, size(part.shape) / rows]).slot)
  return reshape(scope, scope.kernel('Concat', matrices, { axis: 1 }, [rows, size(shape) / rows]), shape)
}
