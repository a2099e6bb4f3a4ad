import * as TE from '#fp-ts/TaskEither'
import type { Backend } from '../backend.ts'
import type { Device } from './device.ts'

/** A backend on the kernels of tfjs that a device names. */
export const tfjsBackend = ({ info }: Device): Backend => ({
  info,
  store: () =>
    TE.left({ type: 'BackendError', backend: info.name, message: 'not yet', hint: 'Wait for the next commit.' }),
})
