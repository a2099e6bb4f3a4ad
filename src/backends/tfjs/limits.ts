import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as O from '#fp-ts/Option'
import { type Shape, showShape, size } from '../../ir/program.ts'
import type { BackendError } from '../backend.ts'
import type { Device, Limits } from './device.ts'
import { failed } from './error.ts'

/** A tensor that will be on the device, and what to call it. */
export interface Named {
  readonly name: string
  readonly shape: Shape
}

const bytes = (shape: Shape): number => 4 * size(shape)

const least = (limits: Limits): readonly [keyof Limits, number] =>
  limits.maxStorageBufferBindingSize < limits.maxBufferSize
    ? ['maxStorageBufferBindingSize', limits.maxStorageBufferBindingSize]
    : ['maxBufferSize', limits.maxBufferSize]

const mebibytes = (n: number): string => `${Number((n / 2 ** 20).toPrecision(3))} MiB`

/** Left is the first tensor that the device has no room for in one piece. */
export const withinLimits = (device: Device, tensors: readonly Named[]): E.Either<BackendError, void> => {
  const { limits } = device
  if (limits === undefined) return E.right(undefined)
  const [limit, most] = least(limits)
  return pipe(
    O.fromNullable(tensors.find(({ shape }) => bytes(shape) > most)),
    O.match(
      () => E.right(undefined),
      ({ name, shape }) =>
        E.left(
          failed(
            device,
            `${name} of shape ${showShape(shape)} takes ${mebibytes(bytes(shape))}, but ${device.info.device} allows ${mebibytes(most)} (${limit})`,
            'Lower the batch or the sizes of that layer, or take a backend on the CPU.',
          ),
        ),
    ),
  )
}
