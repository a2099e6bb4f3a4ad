import * as E from '#fp-ts/Either'
import type * as TE from '#fp-ts/TaskEither'
import { type RunError, runError } from '../errors/runError.ts'
import { type Checkpoint, damaged, parseCheckpoint, signedBytes, unsignedBytes } from './checkpointBytes.ts'

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')

const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])

/**
 * Reads a checkpoint from its bytes, in Node or in a page. Left: the bytes are not a checkpoint, or are damaged. Browsers can hash
 * only on pages served over https or from localhost.
 *
 * @example
 * const file = await fetch('run/checkpoints/step-00008000.safetensors')
 * const checkpoint = await loadCheckpoint(new Uint8Array(await file.arrayBuffer()))()
 * if (checkpoint._tag === 'Right') await generate({ game: spec, state: checkpoint.right.state }, { count: 16 })()
 */
export const loadCheckpoint =
  (bytes: Uint8Array, name = 'the checkpoint'): TE.TaskEither<RunError, Checkpoint> =>
  async () => {
    const fail = ({ message, hint }: Pick<RunError, 'message' | 'hint'>) => E.left(runError(name, message, hint))
    if (globalThis.crypto?.subtle === undefined)
      return fail({ message: 'this page can not compute hashes', hint: 'Serve it over https, or from localhost.' })
    const checkpoint = parseCheckpoint(bytes)
    if (E.isLeft(checkpoint)) return fail(checkpoint.left)
    const content = unsignedBytes(checkpoint.right)
    const digest = hex(await crypto.subtle.digest('SHA-256', new Uint8Array(content)))
    return equal(signedBytes(checkpoint.right, digest), bytes) ? checkpoint : fail(damaged)
  }
