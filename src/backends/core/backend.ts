import type { TaskEither } from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import type { Floats, HostTensors } from '../../ir/hostTensor.ts'
import type { Program } from '../../ir/program.ts'

/**
 * The input of one call: `count` equal steps from step `first`. A draw holds `count` times its shape, step after step. Its memory may be
 * reused once the run has ended.
 */
export interface Feeds {
  readonly first: number
  readonly count: number
  readonly draws: { readonly [name: string]: Float32Array }
}

/** A compiled program, bound to the store that compiled it. */
export interface Executable {
  /**
   * Runs `count` steps, each on the state after the previous one, and puts the last state into the store.
   * The number of steps in a call never changes a result. A metric holds `count` times its shape, step after step.
   */
  readonly run: (feeds: Feeds) => TaskEither<BackendError, { readonly [metric: string]: Floats }>
  readonly dispose: () => void
}

/** The state of a game on a backend: parameters and slots. Several programs share it. */
export interface Store {
  readonly compile: (program: Program) => TaskEither<BackendError, Executable>
  readonly read: () => TaskEither<BackendError, HostTensors>
  /** Shows the state without copying it. The caller must not keep it. Absent if that is impossible. */
  readonly look?: <A>(see: (state: HostTensors) => A) => TaskEither<BackendError, A>
  readonly write: (values: HostTensors) => TaskEither<BackendError, void>
  /** Restores the state before the last run, write or undo. */
  readonly undo: () => void
  /** Makes a second store with the same state. From then on the two are independent. */
  readonly fork: () => Store
  readonly dispose: () => void
}

/** The kind of device: a GPU, a software GPU (slower than the CPU itself), or the CPU. */
export type Accelerator = 'gpu' | 'software gpu' | 'none'

export interface BackendInfo {
  readonly name: string
  /** A description of the device: `CPU, 2 threads`. */
  readonly device: string
  readonly accelerator: Accelerator
  readonly version: string
}

export interface BackendOptions {
  /** The number of CPU threads, at most `mostThreads`. By default the backend chooses. */
  readonly threads?: number
  /**
   * In a browser, the URL of the folder with the WebAssembly files of onnxruntime-web or tfjs, with a slash at its end;
   * beside the script that loads them where it is absent.
   */
  readonly wasmFolder?: string
}

/** A started backend. It makes stores, which hold a game's state and compile programs. */
export interface Backend {
  readonly info: BackendInfo
  readonly store: (initial: HostTensors) => TaskEither<BackendError, Store>
  /** Estimates the seconds to compile a program. Absent if compilation is fast and linear in the nodes. */
  readonly secondsToPrepare?: (program: Program) => number
  /** Releases the device. Call it when no store is left. Absent if nothing is held. */
  readonly dispose?: () => void
}

/** What a backend's module exports. Left: why the backend can't start. */
export type StartBackend = (options: BackendOptions) => TaskEither<BackendError, Backend>
