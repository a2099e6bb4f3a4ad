import type { TaskEither } from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { Floats, HostTensors } from '../../ir/hostTensor.ts'
import type { Program } from '../../ir/program.ts'

/**
 * One call: `count` equal steps from step `first`. A draw holds `count` times its shape, step after step; once the run has
 * ended, its memory may be written anew.
 */
export interface Feeds {
  readonly first: number
  readonly count: number
  readonly draws: { readonly [name: string]: Float32Array }
}

/** A program made ready on a backend, over the store that compiled it. */
export interface Executable {
  /**
   * Runs `count` steps, each on the state that the one before it left, and puts the last state into the store.
   * The number of steps in a call never changes a result. A metric holds `count` times its shape, step after step.
   */
  readonly run: (feeds: Feeds) => TaskEither<BackendError, { readonly [metric: string]: Floats }>
  readonly dispose: () => void
}

/** All the state of a game on one backend: parameters and slots. Several programs share it. */
export interface Store {
  readonly compile: (program: Program) => TaskEither<BackendError, Executable>
  readonly read: () => TaskEither<BackendError, HostTensors>
  /** Shows the state in its own memory, of which nothing may be kept; absent where it can't be seen without a copy. */
  readonly look?: <A>(see: (state: HostTensors) => A) => TaskEither<BackendError, A>
  readonly write: (values: HostTensors) => TaskEither<BackendError, void>
  /** Puts back the state that was there before the last run, write or undo took place. */
  readonly undo: () => void
  /** A second store with the same state; neither sees what the other does from then on. */
  readonly fork: () => Store
  readonly dispose: () => void
}

/** What computes: a graphics card, a program that plays one on the CPU (slower than the CPU itself), or the CPU. */
export type Accelerator = 'gpu' | 'software gpu' | 'none'

export interface BackendInfo {
  readonly name: string
  /** What it runs on, in words: `CPU, 2 threads`. */
  readonly device: string
  readonly accelerator: Accelerator
  readonly version: string
}

export interface BackendOptions {
  /** CPU threads, at most `mostThreads`; the backend's own choice where it is absent. */
  readonly threads?: number
  /**
   * In a browser, the URL of the folder with the WebAssembly files of onnxruntime-web or tfjs, with a slash at its end;
   * beside the script that loads them where it is absent.
   */
  readonly wasmFolder?: string
}

/** A backend that has started: it makes stores, which hold a game's state and run programs over it. */
export interface Backend {
  readonly info: BackendInfo
  readonly store: (initial: HostTensors) => TaskEither<BackendError, Store>
  /** Seconds, roughly, that compiling a program takes; absent where they grow only in proportion to its nodes. */
  readonly secondsToPrepare?: (program: Program) => number
  /** Gives back the device, once no store is left on it; absent where nothing is held. */
  readonly dispose?: () => void
}

/** What a backend's module exports: starting it says why it can't. */
export type StartBackend = (options: BackendOptions) => TaskEither<BackendError, Backend>
