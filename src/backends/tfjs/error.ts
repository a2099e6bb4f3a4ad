import * as TE from '#fp-ts/TaskEither'
import type { BackendError, BackendInfo } from '../backend.ts'
import type { Device } from './device.ts'

export const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

interface Failing extends Pick<Device, 'failure'> {
  readonly info: Pick<BackendInfo, 'name'>
}

/** What tfjs throws is a value here. Where the device has failed, what it threw is a consequence of that. */
export const attempt = <A>(
  { info: { name }, failure = () => undefined }: Failing,
  doing: string,
  hint: string,
  ask: () => Promise<A>,
): TE.TaskEither<BackendError, A> =>
  TE.tryCatch(ask, (cause) => ({
    type: 'BackendError',
    backend: name,
    message: `${doing}: ${failure() ?? messageOf(cause)}`,
    hint,
  }))
