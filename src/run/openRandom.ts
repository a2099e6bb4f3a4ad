import * as E from '#fp-ts/Either'
import { type RunError, runError } from '../errors/runError.ts'
import { createRandom, type Random } from './random/random.ts'

/** The hint if the process gets no more memory. */
export const memoryHint =
  'The process has reached its limit of memory or address space. Run `ulimit -v unlimited` in the shell, or set NODE_OPTIONS=--disable-wasm-trap-handler so that WebAssembly reserves less.'

/** Opens the random number generator. Its WebAssembly reserves gigabytes of address space; left if it gets none. */
export const openRandom = (): E.Either<RunError, Random> =>
  E.tryCatch(createRandom, (cause) =>
    runError(
      { type: 'part', name: 'random numbers' },
      cause instanceof Error ? cause.message : String(cause),
      memoryHint,
    ),
  )
