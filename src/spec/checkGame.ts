import { checkOptions, checkRecord, type OptionFields, refuse } from '../codecs/argument.ts'
import { isObject } from '../codecs/failures.ts'

/** The fields of `game({ ... })`, whatever their types say of one another. */
interface GameParts {
  readonly networks: unknown
  readonly sources: unknown
  readonly players: unknown
  readonly dynamics: unknown
  readonly optimizers: unknown
  readonly averages?: unknown
  readonly samples?: unknown
  readonly batch: unknown
  readonly steps: unknown
  readonly seed: unknown
}

const fields: OptionFields<GameParts> = {
  networks: 'required',
  sources: 'required',
  players: 'required',
  dynamics: 'required',
  optimizers: 'required',
  averages: 'optional',
  samples: 'optional',
  batch: 'required',
  steps: 'required',
  seed: 'required',
}

const hasName = (handle: unknown, kind: 'net' | 'source'): boolean =>
  typeof Object(handle).named === 'string' && isObject(Object(handle)[kind])

const checkHandles = (place: string, handles: unknown, kind: 'net' | 'source', hint: string): void => {
  const byKey = Array.isArray(handles) || checkRecord('game', place, handles, hint) === undefined
  for (const [key, handle] of byKey ? Object.entries(Object(handles)) : [])
    if (!hasName(handle, kind)) {
      const noun = kind === 'net' ? 'network' : 'source'
      refuse('game', `${place}.${key}`, handle, `a ${noun} with a name`, hint)
    }
}

/** Throws an `ArgumentError` for the first field of `game({ ... })` that is missing, unknown or of the wrong kind. */
export const checkGame = (parts: GameParts): void => {
  checkOptions<GameParts>('game', parts, fields)
  checkHandles('networks', parts.networks, 'net', "Write networks: { D, G }, where const D = network('D', pipe(...)).")
  checkHandles(
    'sources',
    parts.sources,
    'source',
    "Write sources: { data }, where const data = source('data', ring({ ... })).",
  )
  checkRecord('game', 'players', parts.players, "Write players: { critic: maximise(E(D(x)), 'D') }.")
  checkRecord(
    'game',
    'optimizers',
    parts.optimizers,
    'Write optimizers: { critic: adam({ lr: 1e-4 }) }, one for each player.',
  )
  if (parts.averages !== undefined)
    checkRecord('game', 'averages', parts.averages, 'Write averages: { G: exponentialAverage({ decay: 0.999 }) }.')
}
