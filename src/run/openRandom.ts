import * as E from '#fp-ts/Either'
import { type RunError, runError } from '../errors/runError.ts'
import { createRandom, type Random } from './random/random.ts'

/** What to do where a process gets no more memory. */
export const memoryHint =
  'The process may not take more memory or address space: `ulimit -v unlimited` lifts the limit of a shell, and NODE_OPTIONS=--disable-wasm-trap-handler makes WebAssembly take less.'

/** The source of random numbers: WebAssembly, which reserves gigabytes of address space. Left where it gets none. */
export const openRandom = (): E.Either<RunError, Random> =>
  E.tryCatch(createRandom, (cause) =>
    runError(
      { type: 'part', name: 'random numbers' },
      cause instanceof Error ? cause.message : String(cause),
      memoryHint,
    ),
  )
