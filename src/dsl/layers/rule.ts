import * as E from '#fp-ts/Either'
import type { Problem } from '../../errors/specError.ts'
import { type Shape, sameShape, showShape } from '../../ir/program.ts'
import { isSize } from '../types/checkShape.ts'

/** The first problem that there is, else the shape; what only a checked input has is made within a function. */
export const rule = (
  checks: readonly (Problem | undefined)[],
  shape: Shape | (() => Shape),
): E.Either<Problem, Shape> => {
  const problem = checks.find((check) => check !== undefined)
  if (problem !== undefined) return E.left(problem)
  return E.right(typeof shape === 'function' ? shape() : shape)
}

/** A size, a number of things: 1, 2, 3, ... */
export const checkSize = (name: string, n: number): Problem | undefined =>
  isSize(n)
    ? undefined
    : { expected: `${name} to be a whole number above 0`, found: `${n}`, hint: `Give ${name} such a number.` }

/** A layer that works on the last axis, or on all, needs one. */
export const checkHasAxis = (input: Shape): Problem | undefined =>
  input.length > 0
    ? undefined
    : { expected: 'an input of one axis or more', found: '[], a single number', hint: 'Put reshape([1]) before it.' }

/** What works on the pixels of each channel needs axes before the last. */
export const checkHasPixels = (input: Shape): Problem | undefined =>
  input.length > 1
    ? undefined
    : {
        expected: 'an input of two axes or more, the last one that of the channels',
        found: showShape(input),
        hint: 'Put reshape([..., channels]) before it, or use layerNorm, which works on a vector.',
      }

export const checkImage = (input: Shape): Problem | undefined =>
  input.length === 3
    ? undefined
    : {
        expected: 'an image, [height, width, channels]',
        found: showShape(input),
        hint: 'Put reshape([height, width, channels]) before it.',
      }

export const checkEqual = (a: Shape, b: Shape): Problem | undefined =>
  sameShape(a, b)
    ? undefined
    : {
        expected: 'two equal shapes',
        found: `${showShape(a)} and ${showShape(b)}`,
        hint: 'Bring one of them to the shape of the other first, with dense or conv2d for instance.',
      }

/** A size that is to be cut into equal parts. */
export const checkMultiple = (what: string, n: number, of: number): Problem | undefined =>
  n % of === 0
    ? undefined
    : {
        expected: `a multiple of ${of} ${what}`,
        found: `${n}`,
        hint: `Give the layer before it ${Math.ceil(n / of) * of} ${what}, for instance.`,
      }
