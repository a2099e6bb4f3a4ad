import * as E from '#fp-ts/Either'
import type { Problem } from '../../errors/specError.ts'
import { type Shape, sameShape, showShape } from '../../ir/program.ts'
import { isSize } from '../types/checkShape.ts'

/** The first problem, else the shape. The shape is a function, because it may need checked inputs. */
export const rule = (
  checks: readonly (Problem | undefined)[],
  shape: Shape | (() => Shape),
): E.Either<Problem, Shape> => {
  const problem = checks.find((check) => check !== undefined)
  if (problem !== undefined) return E.left(problem)
  return E.right(typeof shape === 'function' ? shape() : shape)
}

/** The problem of a size that is not 1, 2, 3, ... */
export const checkSize = (name: string, n: number): Problem | undefined =>
  isSize(n)
    ? undefined
    : { expected: `${name} to be a whole number above 0`, found: `${n}`, hint: `Give ${name} such a number.` }

/** The problem of an input without axes, for layers that work on the last or on all axes. */
export const checkHasAxis = (input: Shape): Problem | undefined =>
  input.length > 0
    ? undefined
    : { expected: 'an input of one axis or more', found: '[], a single number', hint: 'Put reshape([1]) before it.' }

/** The problem of an input with only one axis, for layers that work on the pixels of each channel. */
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
        hint: 'Give both the same shape first, for example with dense or conv2d.',
      }

/** The problem of a size that can't be divided into equal parts. */
export const checkMultiple = (what: string, n: number, of: number): Problem | undefined =>
  n % of === 0
    ? undefined
    : {
        expected: `a multiple of ${of} ${what}`,
        found: `${n}`,
        hint: `Give the layer before it ${Math.ceil(n / of) * of} ${what}, for instance.`,
      }
