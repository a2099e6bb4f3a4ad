import { type StreamKey, streamKey } from './streamKey.ts'

/** The keys of a seed's streams, by their names. */
export type StreamKeys = (stream: string) => StreamKey

/** Every epoch of a table has a stream of its own, and a long run many: so many keys are kept. */
const most = 1024

/** Computes keys once each, as a rule. */
export const createStreamKeys = (seed: number): StreamKeys => {
  const known = new Map<string, StreamKey>()
  const add = (stream: string): StreamKey => {
    if (known.size === most) known.clear()
    const key = streamKey(seed, stream)
    known.set(stream, key)
    return key
  }
  return (stream) => known.get(stream) ?? add(stream)
}
