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

/** Those that run where this runs: in Node, or in a browser. */
const here = loadersOf(place, backends)
const namesHere: ReadonlySet<string> = new Set(here.keys())

/** More than any machine's cores: each thread takes address space, and libraries crash when they get none. */
export const mostThreads = 1024

/** A backend that `auto` tries has so many seconds to start. */
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

/** A backend that computes, within a time. */
const startProven = (name: BackendName, options: BackendOptions): TE.TaskEither<BackendError, Backend> =>
  pipe(
    startNamed(name, options),
    TE.flatMap(proven),
    within(patience, () => backendError(name, `it did not start within ${patience} s`, 'Take another one here.')),
  )

/**
 * Starts a backend by name, the best that starts where the name is `auto`, or without a name the usual one: onnxruntime on
 * the CPU. Says which better ones could not be taken.
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
 * Starts a backend by name, `auto` for the best that starts; left is why it can't start here, and how to get it.
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
