import * as E from '#fp-ts/Either'
import type { BackendError } from '../../errors/backendError.ts'
import type { HostTensors } from '../../ir/hostTensor.ts'
import { type Program, type Shape, sameShape, showShape, size } from '../../ir/program.ts'
import type { Feeds } from './backend.ts'
import { misuse } from './error.ts'

type Checked = E.Either<BackendError, void>

/** Left with the first problem. All backends share these messages. */
const firstWrong = <A>(backend: string, items: readonly A[], check: (item: A) => string | undefined): Checked => {
  for (const item of items) {
    const wrong = check(item)
    if (wrong !== undefined) return E.left(misuse(backend, wrong))
  }
  return E.right(undefined)
}

/** Checks that each tensor has as many values as its shape says. */
export const checkLengths = (backend: string, tensors: HostTensors): Checked =>
  firstWrong(backend, Object.entries(tensors), ([name, { shape, values }]) =>
    values.length === size(shape)
      ? undefined
      : `tensor '${name}': expected ${size(shape)} values of shape ${showShape(shape)}, found ${values.length}`,
  )

/** Checks that written tensors exist in the store, with the same shape. */
export const checkWrite = (
  backend: string,
  shapeOf: (name: string) => Shape | undefined,
  values: HostTensors,
): Checked =>
  firstWrong(backend, Object.entries(values), ([name, { shape }]) => {
    const there = shapeOf(name)
    if (there === undefined) return `tensor '${name}': expected one of the store's tensors, found no such tensor there`
    return sameShape(there, shape)
      ? undefined
      : `tensor '${name}': expected shape ${showShape(there)}, found ${showShape(shape)}`
  })

/** Checks that a call provides each draw of a program for all its steps. */
export const checkDraws = (backend: string, { draws }: Program, feeds: Feeds): Checked =>
  firstWrong(backend, Object.entries(draws), ([name, { shape }]) => {
    const expected = feeds.count * size(shape)
    const found = feeds.draws[name]
    if (found?.length === expected) return undefined
    return `draw '${name}': expected ${expected} values, ${feeds.count} times shape ${showShape(shape)}, found ${found === undefined ? 'none' : found.length}`
  })
