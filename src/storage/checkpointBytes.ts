import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { type Malformed, malformed } from '../errors/malformed.ts'
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

/** The bytes of a checkpoint file without its hash. The hash is computed over these. */
export const unsignedBytes = (checkpoint: Checkpoint): Uint8Array =>
  encodeSafetensors({ tensors: checkpoint.state, metadata: metadataOf(checkpoint) })

/** The bytes of a checkpoint file. `sha256` is the hash of `unsignedBytes`, in hex; it reveals damage. */
export const signedBytes = (checkpoint: Checkpoint, sha256: string): Uint8Array =>
  encodeSafetensors({ tensors: checkpoint.state, metadata: { ...metadataOf(checkpoint), sha256 } })

const anotherCheckpoint = 'Load it again, or take another checkpoint of the run.'

export const damaged = malformed('it is damaged: its content does not match its hash', anotherCheckpoint)

/** Reads a checkpoint file. The caller checks the hash: equal `signedBytes` prove that no byte has changed. */
export const parseCheckpoint = (bytes: Uint8Array): E.Either<Malformed, Checkpoint> =>
  pipe(
    decodeSafetensors(bytes),
    E.mapLeft(({ message }) => malformed(`it is damaged: ${message}`, anotherCheckpoint)),
    E.flatMap(({ tensors, metadata }) => {
      if (metadata.format !== undefined && metadata.format !== format && metadata.sha256 !== undefined)
        return E.left(
          malformed(
            `its format is '${printable(metadata.format, 60)}', and this version reads '${format}'`,
            anotherCheckpoint,
          ),
        )
      const step = Number(metadata.step)
      return Number.isSafeInteger(step) && metadata.spec !== undefined
        ? E.right({ step, spec: metadata.spec, state: tensors })
        : E.left(damaged)
    }),
  )
