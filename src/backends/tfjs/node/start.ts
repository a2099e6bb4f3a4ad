import { availableParallelism } from 'node:os'
import type * as Tfjs from '@tensorflow/tfjs-core'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as O from '#fp-ts/Option'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../../errors/backendError.ts'
import type { StartBackend } from '../../core/backend.ts'
import { messageOf } from '../../core/error.ts'
import { tfjsBackend } from '../backend.ts'
import { type Binding, createBinding } from './binding.ts'
import { compiledBinding } from './compiledBinding.ts'
import type { Resources } from './context.ts'
import { describe } from './describe.ts'
import { nodeDifferences } from './differences.ts'
import { withFasterKernel } from './fasterKernels.ts'
import { openLibrary } from './openLibrary.ts'
import { loadKernelBackend, loadPackage, registerKernels } from './packages.ts'
import { type Row, rowError } from './row.ts'
import { sharedBinding } from './sharedBinding.ts'

/** The name under which tfjs-node registers its kernels, whichever the package. */
const upstream = 'tensorflow'

/** That of ours, which are the same but for some: what a user may run of tfjs stays as it is. */
const kernels = 'saddlepoint-tensorflow'

/** Before it is loaded: failures are values here, so only what is fatal is logged; memory of a GPU is taken as it is needed. */
const prepareEnvironment = (): void => {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3'
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true'
}

/** Our binding, on the libtensorflow that was installed for it. */
const ownBinding = (row: Row, resources: Resources): TE.TaskEither<BackendError, Binding> =>
  pipe(
    loadPackage(row, 'koffi', () => import('koffi')),
    TE.flatMapEither((koffi) =>
      pipe(
        openLibrary(koffi, row),
        E.flatMap((api) =>
          E.tryCatch(
            () => createBinding(koffi, api, resources),
            (cause) => rowError(row, `starting libtensorflow: ${messageOf(cause)}`, showWhy),
          ),
        ),
      ),
    ),
  )

const showWhy = 'TF_CPP_MIN_LOG_LEVEL=0 in the environment makes TensorFlow say more.'

const newBinding = (row: Row, resources: Resources): TE.TaskEither<BackendError, Binding> =>
  pipe(
    TE.fromIO(prepareEnvironment),
    TE.map(() => compiledBinding(row)),
    TE.flatMap(
      O.match(
        () => ownBinding(row, resources),
        (binding) => TE.right(binding),
      ),
    ),
  )

/** tfjs's backend on libtensorflow, whichever row registered it. */
interface NodeBackend extends Tfjs.KernelBackend {
  readonly binding: Binding
}

const isNodeBackend = (backend: Tfjs.KernelBackend | null): backend is NodeBackend =>
  backend !== null && 'binding' in backend

const register = (tf: typeof Tfjs, row: Row, resources: Resources): TE.TaskEither<BackendError, Binding> =>
  pipe(
    loadKernelBackend(row),
    TE.bindTo('create'),
    TE.bind('binding', () => newBinding(row, resources)),
    TE.tap(() => registerKernels(row)),
    TE.map(({ create, binding }) => {
      const backend = create(binding)
      // tfjs-node's kernels ask the one of that name what TensorFlow's types are called.
      tf.registerBackend(upstream, () => backend)
      tf.registerBackend(kernels, () => backend)
      for (const kernel of tf.getKernelsForBackend(upstream))
        tf.registerKernel({ ...withFasterKernel(tf, kernel), backendName: kernels })
      return binding
    }),
  )

const bind = (tf: typeof Tfjs, row: Row, resources: Resources): TE.TaskEither<BackendError, Binding> => {
  const registered = tf.findBackend(kernels)
  return isNodeBackend(registered)
    ? TE.fromEither(sharedBinding(row, registered.binding))
    : register(tf, row, resources)
}

/** Starts a row of tfjs on libtensorflow. It takes as many threads as there are cores, unless it is told. */
export const startRow =
  (row: Row): StartBackend =>
  ({ threads = availableParallelism() }) =>
    pipe(
      loadPackage(row, '@tensorflow/tfjs-core', () => import('@tensorflow/tfjs-core')),
      TE.bindTo('tf'),
      TE.bind('binding', ({ tf }) => bind(tf, row, { threads, gpu: row.gpu })),
      TE.map(({ tf, binding }) =>
        tfjsBackend({ tf, kernels, info: describe(row, binding), differences: nodeDifferences }),
      ),
    )
