import * as E from '#fp-ts/Either'
import { around } from '../dsl/types/bounds.ts'
import { type DataError, dataError } from '../errors/dataError.ts'
import { at } from '../ir/present.ts'
import { showShape, size } from '../ir/program.ts'
import type { Field } from './dataset.ts'
import type { FileArray } from './fileArray.ts'

/** The most numbers that all one-hot labels may have: as many as 2 GiB of float32. */
const maxNumbers = 2 ** 29

/** Whether the labels are those of QMNIST (Yadav and Bottou 2019): int32 in eight columns, of which the first is the class. */
const isExtended = ({ shape, type }: FileArray): boolean => shape.length === 2 && shape[1] === 8 && type === 'i32'

const classOf = (array: FileArray): FileArray =>
  isExtended(array)
    ? { ...array, shape: array.shape.slice(0, 1), values: array.values.filter((_, i) => i % 8 === 0) }
    : array

/** Whether labels count from 1 to `classes`, as EMNIST's letters do (Cohen et al. 2017). */
const countFromOne = (labels: ArrayLike<number>, classes: number): boolean => {
  const [least, greatest] = around(labels)
  return least === 1 && greatest === classes
}

/**
 * Converts labels to one-hot rows. Expects `count` whole numbers, from 0 to `classes` - 1, or from 1 to `classes` if the file counts
 * from 1. Of QMNIST's eight columns, reads the first.
 */
export const toLabels =
  (path: string, classes: number | undefined, count: number) =>
  (file: FileArray): E.Either<DataError, Field> => {
    const fail = (message: string, hint: string) => E.left(dataError(path, message, hint))
    if (classes === undefined || !Number.isInteger(classes) || classes < 1 || classes * count > maxNumbers)
      return fail(
        `expected a number of classes from 1 to ${Math.floor(maxNumbers / count)}, found ${classes ?? 'none'}`,
        'Set classes to the number of different labels.',
      )
    const array = classOf(file)
    const [found] = array.shape
    if (found !== count || size(array.shape) !== count)
      return fail(
        `expected ${count} labels, one per image, found ${showShape(array.shape)}`,
        found === count ? 'Save the column of classes by itself.' : 'Use the labels of these images.',
      )
    const first = countFromOne(array.values, classes) ? 1 : 0
    const isClass = (label: number): boolean => Number.isInteger(label) && label >= first && label < first + classes
    const wrong = array.values.findIndex((label: number) => !isClass(label))
    if (wrong >= 0)
      return fail(
        `expected labels from 0 to ${classes - 1}, found ${array.values[wrong]} at sample ${wrong} (from 0)`,
        'Set classes to one more than the largest label; where labels count from 1, to the largest.',
      )
    const values = new Float32Array(count * classes)
    for (let sample = 0; sample < count; sample++) values[sample * classes + at(array.values, sample) - first] = 1
    return E.right({ shape: [classes], values })
  }
