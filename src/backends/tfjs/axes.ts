import { type Shape, size } from '../../ir/program.ts'

/**
 * Neighbouring axes that are treated alike are one axis: kernels take at most so many, and fewer are faster.
 */

/** Up to here every kernel of every row can do it. */
export const greatestRank = 4

/** Runs of neighbours: `joins(axis)` says whether an axis belongs with the one before it. */
const runs = (rank: number, joins: (axis: number) => boolean): readonly (readonly number[])[] => {
  const axes = Array.from({ length: rank }, (_, axis) => axis)
  const starts = axes.filter((axis) => axis === 0 || !joins(axis))
  return starts.map((start, i) => axes.slice(start, starts[i + 1]))
}

const lengths = (shape: Shape, groups: readonly (readonly number[])[]): Shape =>
  groups.map((axes) => size(axes.map((axis) => shape[axis] ?? 1)))

/** A shape and a permutation of it, without axes of one and with what stays together as one axis. */
export const joinPermuted = (
  shape: Shape,
  permutation: readonly number[],
): { readonly shape: Shape; readonly permutation: readonly number[] } => {
  const real = permutation.filter((axis) => shape[axis] !== 1)
  const kept = [...real].sort((a, b) => a - b)
  const order = real.map((axis) => kept.indexOf(axis))
  const groups = runs(order.length, (place) => order[place] === (order[place - 1] ?? 0) + 1).map((run) =>
    run.map((place) => order[place] ?? 0),
  )
  const byStart = [...groups].sort(([a = 0], [b = 0]) => a - b)
  return {
    shape: lengths(
      kept.map((axis) => shape[axis] ?? 1),
      byStart,
    ),
    permutation: groups.map((group) => byStart.indexOf(group)),
  }
}

/** A shape some of whose axes are marked, with neighbours that are both marked or both not as one axis. */
export const joinMarked = (
  shape: Shape,
  marked: (axis: number) => boolean,
): { readonly shape: Shape; readonly marked: readonly number[]; readonly groups: readonly (readonly number[])[] } => {
  const groups = runs(shape.length, (axis) => marked(axis) === marked(axis - 1))
  return {
    shape: lengths(shape, groups),
    marked: groups.flatMap(([first = 0], place) => (marked(first) ? [place] : [])),
    groups,
  }
}

/** Each marked axis with the unmarked ones after it as one axis, and those before the first marked one as another. */
export const joinAfter = (
  shape: Shape,
  marked: (axis: number) => boolean,
): { readonly shape: Shape; readonly groups: readonly (readonly number[])[] } => {
  const groups = runs(shape.length, (axis) => !marked(axis))
  return { shape: lengths(shape, groups), groups }
}

/** Shapes of one rank that broadcast together, with neighbouring axes that all of them repeat, or do not, as one axis. */
export const joinRepeated = (shapes: readonly Shape[]): readonly Shape[] => {
  const rank = shapes[0]?.length ?? 0
  const full = Array.from({ length: rank }, (_, axis) => Math.max(...shapes.map((shape) => shape[axis] ?? 1)))
  const repeats = (axis: number): string =>
    shapes.map((shape) => (shape[axis] === 1 && full[axis] !== 1 ? 'r' : 'f')).join('')
  const groups = runs(rank, (axis) => repeats(axis) === repeats(axis - 1))
  return shapes.map((shape) => lengths(shape, groups))
}
