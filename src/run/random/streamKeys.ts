import { type StreamKey, streamKey } from './streamKey.ts'

/** The keys of a seed's streams, by their names. */
export type StreamKeys = (stream: string) => StreamKey

/** The most cached keys. Each epoch of a table has its own stream, so a long run has many. */
const most = 1024

/** Computes and caches keys. */
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
