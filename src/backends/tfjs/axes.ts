import { at } from '../../ir/present.ts'
import { type Shape, size } from '../../ir/program.ts'

/**
 * Merges adjacent axes that an operation treats alike: kernels support a limited number of axes, and fewer are faster.
 */

/** The number of axes that all kernels of all backends support. */
export const greatestRank = 4

/** Groups of adjacent axes. `joins(axis)` says whether an axis joins the one before it. */
const runs = (rank: number, joins: (axis: number) => boolean): readonly (readonly number[])[] => {
  const axes = Array.from({ length: rank }, (_, axis) => axis)
  const starts = axes.filter((axis) => axis === 0 || !joins(axis))
  return starts.map((start, i) => axes.slice(start, starts[i + 1]))
}

const lengths = (shape: Shape, groups: readonly (readonly number[])[]): Shape =>
  groups.map((axes) => size(axes.map((axis) => at(shape, axis))))

/** Simplifies a permutation: drops axes of size 1 and merges axes that stay adjacent. */
export const joinPermuted = (
  shape: Shape,
  permutation: readonly number[],
): { readonly shape: Shape; readonly permutation: readonly number[] } => {
  const real = permutation.filter((axis) => shape[axis] !== 1)
  const kept = [...real].sort((a, b) => a - b)
  const order = real.map((axis) => kept.indexOf(axis))
  const groups = runs(order.length, (place) => at(order, place) === at(order, place - 1) + 1).map((run) =>
    run.map((place) => at(order, place)),
  )
  const byStart = [...groups].sort((a, b) => at(a, 0) - at(b, 0))
  return {
    shape: lengths(
      kept.map((axis) => at(shape, axis)),
      byStart,
    ),
    permutation: groups.map((group) => byStart.indexOf(group)),
  }
}

/** Merges adjacent axes of a shape that are both marked or both unmarked. */
export const joinMarked = (
  shape: Shape,
  marked: (axis: number) => boolean,
): { readonly shape: Shape; readonly marked: readonly number[]; readonly groups: readonly (readonly number[])[] } => {
  const groups = runs(shape.length, (axis) => marked(axis) === marked(axis - 1))
  return {
    shape: lengths(shape, groups),
    marked: groups.flatMap((axes, place) => (marked(at(axes, 0)) ? [place] : [])),
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

/**
 * How shapes of one rank that broadcast together are seen with fewer axes: neighbouring axes that both repeat, or do not, are
 * one. `of` joins either shape's axes.
 */
export const joinRepeated = (a: Shape, b: Shape): { readonly rank: number; readonly of: (shape: Shape) => Shape } => {
  const repeats = (axis: number): string => `${at(a, axis) < at(b, axis)} ${at(b, axis) < at(a, axis)}`
  const groups = runs(a.length, (axis) => repeats(axis) === repeats(axis - 1))
  return { rank: groups.length, of: (shape) => lengths(shape, groups) }
}
