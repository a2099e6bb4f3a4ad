import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import { createBuilder } from '../../ir/builder.ts'
import type { Floats } from '../../ir/hostTensor.ts'
import type { Program } from '../../ir/program.ts'
import type { Backend, Executable, Store } from './backend.ts'

/** x + x: a minimal program. */
const doubled = (): Program => {
  const b = createBuilder()
  const x = b.state('x', [2])
  return b.program({ writes: {}, metrics: { y: b.add(x, x) } })
}

const x = Float32Array.of(1.5, -4)

const runOnce = (store: Store) =>
  TE.bracket<BackendError, Executable, { readonly [metric: string]: Floats }>(
    store.compile(doubled()),
    (executable) => executable.run({ first: 0, count: 1, draws: {} }),
    (executable) => TE.fromIO(executable.dispose),
  )

/** Checks that a started backend really computes. Left if it does not, because its driver or library is broken. */
export const proven = (backend: Backend): TE.TaskEither<BackendError, Backend> =>
  pipe(
    TE.bracket(backend.store({ x: { shape: [2], values: x } }), runOnce, (store) => TE.fromIO(store.dispose)),
    TE.filterOrElse(
      ({ y }) => y?.[0] === 3 && y[1] === -8,
      ({ y }) => wrong(backend, y),
    ),
    TE.map(() => backend),
    TE.tapError(() => TE.fromIO(() => backend.dispose?.())),
  )

const wrong = ({ info }: Backend, found: Floats | undefined): BackendError => ({
  type: 'BackendError',
  backend: info.name,
  message: `it starts on ${info.device}, but adds wrongly: ${x} and itself gave ${found}`,
  hint: 'Update the driver of the device, or take another backend.',
})
