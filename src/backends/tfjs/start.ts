import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendOptions, StartBackend } from '../core/backend.ts'
import { tfjsBackend } from './backend.ts'
import type { Device } from './device.ts'
import { attempt } from './error.ts'

/** Starts a row of tfjs; `hint` is how to get what it needs. */
export const starting =
  (name: string, hint: string, open: (options: BackendOptions) => Promise<Device>): StartBackend =>
  (options) =>
    pipe(
      attempt({ info: { name } }, 'starting tfjs', hint, () => open(options)),
      TE.map(tfjsBackend),
    )

/** Makes kernels that are registered ready: compiles them, or asks for a device. */
export const ready = async ({ setBackend }: Pick<Device['tf'], 'setBackend'>, kernels: string): Promise<void> => {
  if (!(await setBackend(kernels))) throw new Error(`the kernels '${kernels}' did not start`)
}
