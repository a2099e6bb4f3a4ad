import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { Device, Tensor } from './device.ts'
import { attempt, failed } from './error.ts'

const floats = (data: Awaited<ReturnType<Tensor['data']>>): Float32Array => {
  if (data instanceof Float32Array) return data.slice()
  throw new Error('broken invariant: a tensor of floats was expected')
}

/** What a tensor holds, as an array of its own; left where the device failed on the way to it. */
export const readFloats = (device: Device, doing: string, tensor: Tensor): TE.TaskEither<BackendError, Float32Array> =>
  pipe(
    attempt(device, doing, 'Start again from the last checkpoint.', () => tensor.data()),
    TE.flatMap((data) => {
      const failure = device.failure?.()
      return failure === undefined
        ? TE.right(floats(data))
        : TE.left(failed(device, `${doing}: ${failure.message}`, failure.hint))
    }),
  )
