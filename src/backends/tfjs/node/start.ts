import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { KernelBackend } from '@tensorflow/tfjs-core'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as O from '#fp-ts/Option'
import * as TE from '#fp-ts/TaskEither'
import { librariesHome } from '../../../libraries/home.ts'
import { partFolder } from '../../../libraries/library.ts'
import { tensorflow } from '../../../libraries/libtensorflow.ts'
import type { BackendError, BackendInfo, StartBackend } from '../../backend.ts'
import { tfjsBackend } from '../backend.ts'

import { messageOf } from '../error.ts'
import { type Binding, createBinding } from './binding.ts'
import { compiledBinding } from './compiledBinding.ts'
import type { Resources } from './context.ts'
import { nodeDifferences } from './differences.ts'
import { openLibrary } from './openLibrary.ts'
import { loadPackages, npmInstall, type Packages } from './packages.ts'
import { type Row, rowError } from './row.ts'

/** The name under which tfjs-node's kernels are registered, whichever the package. */
const kernels = 'tensorflow'

/** Before it is loaded: failures are values here, so only what is fatal is logged; memory of a GPU is taken as it is needed. */
const prepareEnvironment = (): void => {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3'
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true'
}

/** Our binding, on the libtensorflow that was installed for it. */
const ownBinding = (row: Row, resources: Resources): TE.TaskEither<BackendError, Binding> =>
  pipe(
    TE.tryCatch(
      () => import('koffi'),
      (cause) => rowError(row, `loading koffi: ${messageOf(cause)}`, npmInstall(row)),
    ),
    TE.flatMapEither((koffi) =>
      pipe(
        openLibrary(koffi, row),
        E.flatMap((api) =>
          E.tryCatch(
            () => createBinding(koffi, api, resources),
            (cause) =>
              rowError(
                row,
                `starting libtensorflow: ${messageOf(cause)}`,
                'Run it with TF_CPP_MIN_LOG_LEVEL=0 to see why.',
              ),
          ),
        ),
      ),
    ),
  )

const bindingFor = (row: Row, resources: Resources): TE.TaskEither<BackendError, Binding> =>
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
interface NodeBackend extends KernelBackend {
  readonly binding: Binding
}

const isNodeBackend = (backend: KernelBackend | null): backend is NodeBackend =>
  backend !== null && 'binding' in backend

const elsewhere = 'Start it in a process of its own.'

/** A process has one libtensorflow, for good: a second row gets that of the first, unless it would be told a lie. */
const shared = (row: Row, binding: Binding): E.Either<BackendError, Binding> => {
  if (!row.gpu && binding.isUsingGpuDevice())
    return E.left(rowError(row, 'libtensorflow already works on a GPU in this process', elsewhere))
  if (row.gpu && binding.resources?.gpu === false)
    return E.left(rowError(row, 'libtensorflow was started for the CPU alone in this process', elsewhere))
  return E.right(binding)
}

const register = ({ tf, createKernelBackend }: Packages, binding: Binding): Binding => {
  tf.registerBackend(kernels, () => createKernelBackend(binding))
  return binding
}

const bind = (row: Row, packages: Packages, resources: Resources): TE.TaskEither<BackendError, Binding> => {
  const registered = packages.tf.findBackend(kernels)
  return isNodeBackend(registered)
    ? TE.fromEither(shared(row, registered.binding))
    : pipe(
        bindingFor(row, resources),
        TE.map((binding) => register(packages, binding)),
      )
}

const cpu = ({ resources }: Binding): string => {
  if (resources === undefined) return 'CPU'
  return resources.threads === 1 ? 'CPU, 1 thread' : `CPU, ${resources.threads} threads`
}

/** Why there is none: TensorFlow does not say. */
const withoutGpu = (): string => {
  const { cuda } = tensorflow
  return cuda !== undefined && existsSync(partFolder(librariesHome(), tensorflow, cuda))
    ? 'no GPU that CUDA can use'
    : 'no GPU: CUDA is not installed with it'
}

const device = (row: Row, binding: Binding): string => {
  if (binding.isUsingGpuDevice()) return 'GPU, CUDA'
  return row.gpu ? `${cpu(binding)} (${withoutGpu()})` : cpu(binding)
}

const describe = (row: Row, binding: Binding): BackendInfo => ({
  name: row.name,
  device: device(row, binding),
  accelerator: binding.isUsingGpuDevice() ? 'gpu' : 'none',
  version: binding.TF_Version,
})

/** Starts a row of tfjs on libtensorflow. It takes as many threads as there are cores, unless it is told. */
export const startRow =
  (row: Row): StartBackend =>
  ({ threads = availableParallelism() }) =>
    pipe(
      loadPackages(row),
      TE.bindTo('packages'),
      TE.bind('binding', ({ packages }) => bind(row, packages, { threads, gpu: row.gpu })),
      TE.map(({ packages: { tf }, binding }) =>
        tfjsBackend({ tf, kernels, info: describe(row, binding), differences: nodeDifferences }),
      ),
    )
