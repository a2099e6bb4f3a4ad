import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import { afterMoment } from '../core/afterMoment.ts'
import type { BackendInfo } from '../core/backend.ts'
import type { Device } from './device.ts'

interface Asked extends Pick<Device, 'failure'> {
  readonly info: Pick<BackendInfo, 'name'>
}

export const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

export const failed = ({ info }: Asked, message: string, hint: string): BackendError => ({
  type: 'BackendError',
  backend: info.name,
  message,
  hint,
})

/** What tfjs throws is a value here. Where the device has failed, what it threw is a consequence of that. */
export const attempt = <A>(
  device: Asked,
  doing: string,
  hint: string,
  ask: () => Promise<A>,
): TE.TaskEither<BackendError, A> =>
  TE.tryCatch(
    () => afterMoment(ask),
    (cause) => {
      const failure = device.failure?.()
      return failed(device, `${doing}: ${failure?.message ?? messageOf(cause)}`, failure?.hint ?? hint)
    },
  )
