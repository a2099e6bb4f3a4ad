import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { printable } from '../errors/quoted.ts'
import { decodeSafetensors, encodeSafetensors } from '../io/formats/safetensors.ts'
import type { HostTensors } from '../ir/hostTensor.ts'

/** All the state of a game after some steps. */
export interface Checkpoint {
  readonly step: number
  /** Of the spec: see `specHash`. */
  readonly spec: string
  readonly state: HostTensors
}

const format = 'saddlepoint 1'

const metadataOf = ({ step, spec }: Checkpoint) => ({ format, step: String(step), spec })

/** The bytes of a checkpoint's file without its hash: the hash is of these. */
export const unsignedBytes = (checkpoint: Checkpoint): Uint8Array =>
  encodeSafetensors({ tensors: checkpoint.state, metadata: metadataOf(checkpoint) })

/** The bytes of a checkpoint's file. `sha256` is the hash of `unsignedBytes` in hex, by which damage is seen. */
export const signedBytes = (checkpoint: Checkpoint, sha256: string): Uint8Array =>
  encodeSafetensors({ tensors: checkpoint.state, metadata: { ...metadataOf(checkpoint), sha256 } })

export const damaged = 'it is damaged: its content is not what it was written with'

/** Reads a checkpoint's file, whose hash the caller checks: equal `signedBytes` prove that no byte has changed. */
export const parseCheckpoint = (bytes: Uint8Array): E.Either<string, Checkpoint> =>
  pipe(
    decodeSafetensors(bytes),
    E.mapLeft(({ message }) => `it is damaged: ${message}`),
    E.flatMap(({ tensors, metadata }) => {
      if (metadata.format !== undefined && metadata.format !== format && metadata.sha256 !== undefined)
        return E.left(`its format is '${printable(metadata.format, 60)}', and this version reads '${format}'`)
      const step = Number(metadata.step)
      return Number.isSafeInteger(step) ? E.right({ step, spec: metadata.spec ?? '', state: tensors }) : E.left(damaged)
    }),
  )
