import util from 'node:util'
import type * as Tfjs from '@tensorflow/tfjs-core'
import type { TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../../errors/backendError.ts'
import { messageOf } from '../../core/error.ts'
import type { Binding } from './binding.ts'
import { type Row, rowError } from './row.ts'

/** Makes tfjs's backend, on a binding. */
export type CreateKernelBackend = (binding: Binding) => Tfjs.KernelBackend

const npmInstall = ({ name }: Row): string =>
  `npm install --ignore-scripts @tensorflow/tfjs-core @tensorflow/${name} koffi`

/** A package that a row needs, or the one command that gets all of them. */
export const loadPackage = <A>(row: Row, name: string, load: () => Promise<A>): TE.TaskEither<BackendError, A> =>
  TE.tryCatch(load, (cause) => rowError(row, `loading ${name}: ${messageOf(cause)}`, npmInstall(row)))

/** Node 23 has dropped two functions that tfjs-node calls, and those before it warn of them. */
const restoreUtilTypes = (): void => {
  Object.assign(util, {
    isNullOrUndefined: (value: unknown) => value === undefined || value === null,
    isArray: Array.isArray,
  })
}

// The declaration has two classes besides, which neither upstream's binding nor ours has.
const declared = (binding: Binding): TFJSBinding => binding as TFJSBinding

interface Parts {
  readonly backend: () => Promise<CreateKernelBackend>
  /** Registers them. */
  readonly kernels: () => Promise<unknown>
}

/** The index of tfjs-node loads upstream's compiled binding or throws, so its parts are taken. Both packages have the same ones. */
const parts: { readonly [N in Row['name']]: Parts } = {
  'tfjs-node-gpu': {
    backend: async () => {
      const { NodeJSKernelBackend } = await import('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js')
      return (binding) => new NodeJSKernelBackend(declared(binding), '@tensorflow/tfjs-node-gpu')
    },
    kernels: () => import('@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js'),
  },
  'tfjs-node': {
    backend: async () => {
      const { NodeJSKernelBackend } = await import('@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js')
      return (binding) => new NodeJSKernelBackend(declared(binding), '@tensorflow/tfjs-node')
    },
    kernels: () => import('@tensorflow/tfjs-node/dist/register_all_kernels.js'),
  },
}

export const loadKernelBackend = (row: Row): TE.TaskEither<BackendError, CreateKernelBackend> =>
  loadPackage(row, `@tensorflow/${row.name}`, () => {
    restoreUtilTypes()
    return parts[row.name].backend()
  })

/** Once in a process, whichever the row: tfjs warns of every kernel that is registered twice. */
export const registerKernels = (row: Row): TE.TaskEither<BackendError, unknown> =>
  loadPackage(row, `@tensorflow/${row.name}`, parts[row.name].kernels)
