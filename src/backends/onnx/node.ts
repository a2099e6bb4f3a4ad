import type * as Onnx from 'onnxruntime-node'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../errors/backendError.ts'
import { bufferOf, createBufferRelease } from './bufferRelease.ts'
import { attempt } from './error.ts'
import { findLibrary } from './findLibrary.ts'
import { type Runtime, readEach, type Tensors } from './runtime.ts'
import { createTensorPool, type TensorPool } from './tensorPool.ts'

/** The common part of onnxruntime's backends in Node. */

export type Library = typeof Onnx
export type SessionOptions = Onnx.InferenceSession.SessionOptions

/** Loads onnxruntime-node, and limits its log to fatal errors, because other errors are returned. */
export const load = (backend: string): TE.TaskEither<BackendError, Library> =>
  pipe(
    TE.fromEither(findLibrary(backend)),
    TE.flatMap(({ open, again }) =>
      attempt(backend, 'loading onnxruntime-node', again, async () => {
        // From 1.29 on, onnxruntime sends telemetry unless this is set before it loads. Keeps the user's setting.
        process.env.ORT_DISABLE_TELEMETRY ??= '1'
        const onnx = await open()
        onnx.env.logLevel = 'fatal'
        return onnx
      }),
    ),
  )

/**
 * Switches off memory patterns, which allocate one more block for a whole step and save no time. The other defaults are best: parallel
 * execution, no spinning, or no arena each make training slower.
 */
const sessionOptions: SessionOptions = { interOpNumThreads: 1, enableMemPattern: false, logSeverityLevel: 4 }

/** The memory for the outputs of a call: pooled tensors, or null for new memory. */
const places = ({ outputNames, outputMetadata }: Onnx.InferenceSession, tensorPool: TensorPool) =>
  Object.fromEntries(
    outputNames.map((name, i) => {
      const known = outputMetadata[i]
      const sizes = known?.isTensor === true ? known.shape : []
      const shape = sizes.filter((size) => typeof size === 'number')
      return [name, (shape.length === sizes.length ? tensorPool.take(shape) : undefined) ?? null]
    }),
  )

/** The block size in bytes from which the C library extends the heap instead of reusing freed memory. */
const large = 2 ** 17

/**
 * State is on the host between calls. What onnxruntime yields is a copy in new memory, even of what it put in a place that
 * it was given: the place is kept, and the copy let go.
 *
 * Were all copies let go, the C library would give the end of its memory back to the system, and the next call's copies would
 * be faulted in anew, page by page: 28 of the 450 ms of a DCGAN's step. So the last one stays until the next call has its own.
 */
export const hostRuntime = (onnx: Library, backend: string, options: SessionOptions): Runtime => {
  const tensorPool = createTensorPool()
  const letGo = createBufferRelease()
  let atTheEnd: ArrayBuffer | undefined
  const keptOf = (yielded: Tensors, given: ReturnType<typeof places>): Tensors => {
    const kept = Object.fromEntries(Object.entries(yielded).map(([name, tensor]) => [name, given[name] ?? tensor]))
    const used = new Set(Object.values(kept).map(bufferOf))
    const copies = Object.values(yielded)
      .flatMap((tensor) => bufferOf(tensor) ?? [])
      .filter((buffer) => !used.has(buffer))
    const last = copies.findLast(({ byteLength }) => byteLength >= large)
    letGo([...copies.filter((copy) => copy !== last), ...(atTheEnd === undefined ? [] : [atTheEnd])])
    atTheEnd = last
    return kept
  }
  return {
    backend,
    keeps: 'on the host',
    processor: 'cpu',
    open: async (model) => {
      const session = await onnx.InferenceSession.create(model, { ...sessionOptions, ...options })
      const run = async (inputs: Tensors): Promise<Tensors> => {
        const given = places(session, tensorPool)
        return keptOf(await session.run(inputs, given), given)
      }
      return { run, release: () => session.release() }
    },
    floats: (shape, values) => new onnx.Tensor('float32', values, shape),
    integer: (value) => new onnx.Tensor('int64', BigInt64Array.of(BigInt(value)), []),
    free: tensorPool.give,
    read: readEach,
  }
}

export const versionOf = ({ env: { versions } }: Library): string => versions.node ?? versions.common
