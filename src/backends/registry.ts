import { backends } from '#backends'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend, BackendError, BackendOptions } from './backend.ts'
import { type BackendName, backendNames, catalogue, isBackendName, type LoadBackend } from './catalogue.ts'

export const defaultBackend: BackendName = 'onnx'

/** Those that run where this runs: in Node, or in a browser. */
const here: { readonly [name: string]: LoadBackend } = backends

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
  const load = here[name]
  if (load === undefined)
    return TE.left(failed(`it runs in ${catalogue[name].places.join(' and ')} only`, 'Take another backend here.'))
  return pipe(
    TE.tryCatch(load, (cause) => failed(String(cause), 'Install the package again.')),
    TE.flatMap(({ start }) => start(options)),
  )
}
