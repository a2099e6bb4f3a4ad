import { backends, place } from '#backends'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { Backend, BackendOptions } from '../core/backend.ts'
import { backendError } from '../core/error.ts'
import { proven } from '../core/proof.ts'
import { within } from '../core/within.ts'
import { preference, usual } from './auto.ts'
import { type BackendName, backendNames, isBackendName, loadersOf, placeNames, rowOf } from './catalogue.ts'
import { type Started, startFirst } from './startFirst.ts'

/** The backends that run here: in Node, or in a browser. */
const here = loadersOf(place, backends)
const namesHere: ReadonlySet<string> = new Set(here.keys())

/** The most threads, more than any machine's cores. Each thread takes address space, and libraries crash without it. */
export const mostThreads = 1024

/** The time limit in seconds for a backend that `auto` tries. */
const patience = 60

const startNamed = (name: BackendName, options: BackendOptions): TE.TaskEither<BackendError, Backend> => {
  const load = here.get(name)
  if (load === undefined) {
    const places = rowOf(name)
      .places.map((each) => placeNames[each])
      .join(' and ')
    return TE.left(backendError(name, `it runs in ${places} only`, 'Take another one here.'))
  }
  return pipe(
    TE.tryCatch(load, (cause) => backendError(name, String(cause), 'Install the package again.')),
    TE.flatMap(({ start }) => start(options)),
  )
}

/** Starts a backend and checks that it computes, within a time limit. */
const startProven = (name: BackendName, options: BackendOptions): TE.TaskEither<BackendError, Backend> =>
  pipe(
    startNamed(name, options),
    TE.flatMap(proven),
    within(patience, () => backendError(name, `it did not start within ${patience} s`, 'Take another one here.')),
  )

/**
 * Starts a backend by name, the best one for `auto`, or without a name the default: onnxruntime on the CPU. Also returns the better ones
 * that did not start.
 */
export const begin = (name: string | undefined, options: BackendOptions = {}): TE.TaskEither<BackendError, Started> => {
  const { threads = 1 } = options
  if (!Number.isInteger(threads) || threads < 1 || threads > mostThreads)
    return TE.left(
      backendError(
        name ?? 'auto',
        `expected 1 to ${mostThreads} threads, found ${threads}`,
        'Take as many as there are cores.',
      ),
    )
  if (name === undefined) return startFirst(usual, namesHere, (each) => startNamed(each, options))
  if (name === 'auto') return startFirst(preference, namesHere, (each) => startProven(each, options))
  if (!isBackendName(name)) {
    const hint = `The backends are ${backendNames.join(', ')}; auto takes the best that starts.`
    return TE.left(backendError(name, 'there is no backend of that name', hint))
  }
  return pipe(
    startNamed(name, options),
    TE.map((backend) => ({ backend, passedOver: [] })),
  )
}

/**
 * Starts a backend by name; `auto` takes the best that starts. Left: why it can't start here, and how to install it.
 *
 * @example
 * const backend = await startBackend('reference')()
 * if (backend._tag === 'Right') console.log(backend.right.info)
 */
export const startBackend = (name: string, options: BackendOptions = {}): TE.TaskEither<BackendError, Backend> =>
  pipe(
    begin(name, options),
    TE.map(({ backend }) => backend),
  )
