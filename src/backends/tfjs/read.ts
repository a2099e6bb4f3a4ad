import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { Device, Tensor } from './device.ts'
import { attempt, failed } from './error.ts'

const floats = (data: Awaited<ReturnType<Tensor['data']>>): Float32Array => {
  if (data instanceof Float32Array) return data
  throw new Error('broken invariant: a tensor of floats was expected')
}

/** What a tensor holds, maybe in its own memory; left where the device failed on the way to it. */
export const viewFloats = (device: Device, doing: string, tensor: Tensor): TE.TaskEither<BackendError, Float32Array> =>
  pipe(
    attempt(device, doing, 'Start again from the last checkpoint.', async () => floats(await tensor.data())),
    TE.flatMap((values) => {
      const failure = device.failure?.()
      return failure === undefined
        ? TE.right(values)
        : TE.left(failed(device, `${doing}: ${failure.message}`, failure.hint))
    }),
  )
