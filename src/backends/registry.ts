import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend, BackendError, BackendOptions, StartBackend } from './backend.ts'

/** Every backend, loaded only when it is asked for. */
const backends = {
  onnx: () => import('./onnx/index.ts'),
  reference: () => import('./reference/index.ts'),
} satisfies { readonly [name: string]: () => Promise<{ readonly start: StartBackend }> }

type BackendName = keyof typeof backends

/** What `startBackend` and `--backend` take. */
export const backendNames: readonly string[] = Object.keys(backends)

const isBackendName = (name: string): name is BackendName => Object.hasOwn(backends, name)

export const defaultBackend: BackendName = 'onnx'

/** Starts a backend by name; left is why it can't start here, and how to get it. */
export const startBackend = (name: string, options: BackendOptions = {}): TE.TaskEither<BackendError, Backend> => {
  const failed = (message: string, hint: string): BackendError => ({
    type: 'BackendError',
    backend: name,
    message,
    hint,
  })
  if (!isBackendName(name))
    return TE.left(failed('there is no backend of that name', `The backends are ${backendNames.join(', ')}.`))
  return pipe(
    TE.tryCatch(
      () => backends[name](),
      (cause) => failed(String(cause), 'Install the package again.'),
    ),
    TE.flatMap(({ start }) => start(options)),
  )
}
