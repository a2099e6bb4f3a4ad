import { createHash } from 'node:crypto'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { HostTensors } from '../../backends/backend.ts'
import { printable } from '../../dsl/quoted.ts'
import { type RunError, runError } from '../errors.ts'
import type { FileError } from './fileError.ts'
import { mostBytes, readFile } from './readFile.ts'
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts'

/** All the state of a game after some steps. */
export interface Checkpoint {
  readonly step: number
  /** Of the spec: see `specHash`. */
  readonly spec: string
  readonly state: HostTensors
}

const format = 'saddlepoint 1'

const fileName = /^step-(\d{8,15})\.safetensors$/

export const checkpointName = (step: number): string => `step-${String(step).padStart(8, '0')}.safetensors`

/** The step of a checkpoint by the name of its file; undefined for other files. */
export const stepOfName = (name: string): number | undefined => {
  const found = fileName.exec(name)
  return found === null ? undefined : Number(found[1])
}

const describe = ({ step, spec }: Checkpoint) => ({ format, step: String(step), spec })

const checksum = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** A safetensors file that says its step, its spec and, so that damage is seen, the hash of the file as it is without that hash. */
export const encodeCheckpoint = (checkpoint: Checkpoint): Uint8Array => {
  const metadata = describe(checkpoint)
  const sha256 = checksum(encodeSafetensors({ tensors: checkpoint.state, metadata }))
  return encodeSafetensors({ tensors: checkpoint.state, metadata: { ...metadata, sha256 } })
}

/** Reads what `encodeCheckpoint` wrote, and nothing else: one changed byte is refused. */
export const decodeCheckpoint = (bytes: Uint8Array): E.Either<string, Checkpoint> =>
  pipe(
    decodeSafetensors(bytes),
    E.mapLeft(({ message }) => `it is damaged: ${message}`),
    E.flatMap(({ tensors, metadata }) => {
      if (metadata.format !== undefined && metadata.format !== format && metadata.sha256 !== undefined)
        return E.left(`its format is '${printable(metadata.format, 60)}', and this version reads '${format}'`)
      const checkpoint = { step: Number(metadata.step), spec: metadata.spec ?? '', state: tensors }
      return Number.isSafeInteger(checkpoint.step) && equal(encodeCheckpoint(checkpoint), bytes)
        ? E.right(checkpoint)
        : E.left('it is damaged: its content is not what it was written with')
    }),
  )

const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/** Why the file could not be read stands first; what to do is for the caller to say. */
export const readCheckpoint = (path: string, hint: string): TE.TaskEither<FileError | RunError, Checkpoint> =>
  pipe(
    readFile(path, mostBytes.checkpoint),
    TE.flatMapEither(
      (bytes): E.Either<FileError | RunError, Checkpoint> =>
        pipe(
          decodeCheckpoint(bytes),
          E.mapLeft((message) => runError(path, message, hint)),
        ),
    ),
  )
