import * as E from '#fp-ts/Either'
import type { HostTensors } from '../../ir/hostTensor.ts'
import { type Program, type Shape, sameShape, showShape, size } from '../../ir/program.ts'
import type { Feeds } from './backend.ts'

/** What is wrong with what a caller gives, as every backend says it; right where nothing is. */
export type Checked = E.Either<string, void>

const fine: Checked = E.right(undefined)

const firstWrong = <A>(items: readonly A[], check: (item: A) => string | undefined): Checked => {
  for (const item of items) {
    const wrong = check(item)
    if (wrong !== undefined) return E.left(wrong)
  }
  return fine
}

/** Each tensor has as many values as its shape. */
export const checkLengths = (tensors: HostTensors): Checked =>
  firstWrong(Object.entries(tensors), ([name, { shape, values }]) =>
    values.length === size(shape)
      ? undefined
      : `tensor '${name}': expected ${size(shape)} values of shape ${showShape(shape)}, found ${values.length}`,
  )

/** A tensor that is written is one of the store's, and has its shape. */
export const checkWrite = (shapeOf: (name: string) => Shape | undefined, values: HostTensors): Checked =>
  firstWrong(Object.entries(values), ([name, { shape }]) => {
    const there = shapeOf(name)
    if (there === undefined) return `tensor '${name}': expected one of the store's tensors, found no such tensor there`
    return sameShape(there, shape)
      ? undefined
      : `tensor '${name}': expected shape ${showShape(there)}, found ${showShape(shape)}`
  })

/** Each draw of a program is given for all steps of a call. */
export const checkDraws = ({ draws }: Program, feeds: Feeds): Checked =>
  firstWrong(Object.entries(draws), ([name, { shape }]) => {
    const expected = feeds.count * size(shape)
    const found = feeds.draws[name]
    if (found?.length === expected) return undefined
    return `draw '${name}': expected ${expected} values, ${feeds.count} times shape ${showShape(shape)}, found ${found === undefined ? 'none' : found.length}`
  })
