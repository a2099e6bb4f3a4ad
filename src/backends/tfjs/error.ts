import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import { afterMoment } from '../core/afterMoment.ts'
import type { BackendInfo } from '../core/backend.ts'
import { attempt as attemptTo, backendError } from '../core/error.ts'
import type { Device } from './device.ts'

interface FailingDevice extends Pick<Device, 'failure'> {
  readonly info: Pick<BackendInfo, 'name'>
}

export const failed = ({ info }: FailingDevice, message: string, hint: string): BackendError =>
  backendError(info.name, message, hint)

/** Turns an exception of tfjs into a left. If the device has failed, reports that failure instead. */
export const attempt = <A>(
  device: FailingDevice,
  doing: string,
  hint: string,
  ask: () => Promise<A>,
): TE.TaskEither<BackendError, A> =>
  pipe(
    attemptTo(device.info.name, doing, hint, () => afterMoment(ask)),
    TE.mapLeft((error) => {
      const failure = device.failure?.()
      return failure === undefined ? error : failed(device, `${doing}: ${failure.message}`, failure.hint)
    }),
  )
