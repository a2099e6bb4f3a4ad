import { createHash } from 'node:crypto'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { FileError } from '../errors/fileError.ts'
import type { Malformed } from '../errors/malformed.ts'
import { type RunError, runError } from '../errors/runError.ts'
import { mostBytes, readFile } from '../io/readFile.ts'
import { type Checkpoint, damaged, parseCheckpoint, signedBytes, unsignedBytes } from './checkpointBytes.ts'

const fileName = /^step-(\d{8,15})\.safetensors$/

export const checkpointName = (step: number): string => `step-${String(step).padStart(8, '0')}.safetensors`

/** The step in the name of a checkpoint file; `undefined` for other files. */
export const stepOfName = (name: string): number | undefined => {
  const found = fileName.exec(name)
  return found === null ? undefined : Number(found[1])
}

const checksum = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** A safetensors file that says its step, its spec and, so that damage is seen, the hash of the file without that hash. */
export const encodeCheckpoint = (checkpoint: Checkpoint): Uint8Array =>
  signedBytes(checkpoint, checksum(unsignedBytes(checkpoint)))

/** Reads what `encodeCheckpoint` wrote, and nothing else: one changed byte is refused. */
export const decodeCheckpoint = (bytes: Uint8Array): E.Either<Malformed, Checkpoint> =>
  pipe(
    parseCheckpoint(bytes),
    E.filterOrElse(
      (checkpoint) => equal(encodeCheckpoint(checkpoint), bytes),
      () => damaged,
    ),
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
          E.mapLeft(({ message }) => runError(path, message, hint)),
        ),
    ),
  )
