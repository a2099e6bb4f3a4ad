import * as E from '#fp-ts/Either'
import type { BackendError } from '../../errors/backendError.ts'
import { type Named, overLimits } from '../core/limits.ts'
import type { Device } from './device.ts'
import { failed } from './error.ts'

/** Left is the first tensor that the device has no room for in one piece. */
export const withinLimits = (device: Device, tensors: readonly Named[]): E.Either<BackendError, void> => {
  const { limits, info } = device
  const over = limits && overLimits(limits, info.device, tensors)
  return over === undefined ? E.right(undefined) : E.left(failed(device, over.message, over.hint))
}
