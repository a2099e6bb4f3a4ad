import * as E from '#fp-ts/Either'
import { showShape, size } from '../ir/program.ts'
import { type DataError, dataError, type Field } from './dataset.ts'
import type { FileArray } from './fileArray.ts'

/** The most numbers that all one-hot labels may have: as many as a file of 2 GiB holds. */
const maxNumbers = 2 ** 29

/** One whole number per sample, from 0 to `classes` - 1, as one-hot rows; `count` samples are expected. */
export const toLabels =
  (path: string, classes: number | undefined, count: number) =>
  (array: FileArray): E.Either<DataError, Field> => {
    const fail = (message: string, hint: string) => E.left(dataError(path, message, hint))
    if (classes === undefined || !Number.isInteger(classes) || classes < 1 || classes * count > maxNumbers)
      return fail(
        `expected a number of classes from 1 to ${Math.floor(maxNumbers / count)}, found ${classes ?? 'none'}`,
        'Set classes to the number of different labels.',
      )
    const [found] = array.shape
    if (found !== count || size(array.shape) !== count)
      return fail(
        `expected ${count} labels, one per image, found ${showShape(array.shape)}`,
        'Use the labels of these images.',
      )
    const wrong = array.values.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= classes)
    if (wrong >= 0)
      return fail(
        `expected labels from 0 to ${classes - 1}, found ${array.values[wrong]} at sample ${wrong} (from 0)`,
        'Set classes to one more than the largest label.',
      )
    const values = new Float32Array(count * classes)
    array.values.forEach((label, sample) => {
      values[sample * classes + label] = 1
    })
    return E.right({ shape: [classes], values })
  }
