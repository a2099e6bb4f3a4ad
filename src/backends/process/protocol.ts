import type * as E from '#fp-ts/Either'
import type { BackendError } from '../../errors/backendError.ts'
import type { Floats, HostTensors } from '../../ir/hostTensor.ts'
import type { Program } from '../../ir/program.ts'
import type { BackendInfo, BackendOptions, Feeds } from '../core/backend.ts'

/** A request to a process with a backend. The parent chooses the numbers of stores and executables. */
export type Request =
  | { readonly type: 'start'; readonly name: string; readonly options: BackendOptions }
  | { readonly type: 'store'; readonly store: number; readonly initial: HostTensors }
  | { readonly type: 'compile'; readonly store: number; readonly executable: number; readonly program: Program }
  | { readonly type: 'run'; readonly executable: number; readonly feeds: Feeds }
  | { readonly type: 'read'; readonly store: number }
  | { readonly type: 'write'; readonly store: number; readonly values: HostTensors }
  | { readonly type: 'undo'; readonly store: number }
  | { readonly type: 'fork'; readonly store: number; readonly fork: number }
  | { readonly type: 'disposeStore'; readonly store: number }
  | { readonly type: 'disposeExecutable'; readonly executable: number }

export type RequestOf<T extends Request['type']> = Extract<Request, { readonly type: T }>

/** The answer to each request. */
export interface Answers {
  readonly start: BackendInfo
  readonly store: null
  readonly compile: null
  /** The answer, and the seconds that it took. */
  readonly run: { readonly metrics: { readonly [metric: string]: Floats }; readonly seconds: number }
  readonly read: HostTensors
  readonly write: null
  readonly undo: null
  readonly fork: null
  readonly disposeStore: null
  readonly disposeExecutable: null
}

/** Requests run one after the other. Each is answered under its number. */
export interface NumberedRequest {
  readonly id: number
  readonly request: Request
}

export interface NumberedAnswer {
  readonly id: number
  readonly answer: E.Either<BackendError, Answers[Request['type']]>
}
