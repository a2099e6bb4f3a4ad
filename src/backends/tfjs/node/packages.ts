import util from 'node:util'
import type * as Tfjs from '@tensorflow/tfjs-core'
import type { TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError } from '../../backend.ts'
import type { Tf } from '../device.ts'
import { messageOf } from '../error.ts'
import type { Binding } from './binding.ts'
import { type Row, rowError } from './row.ts'

/** What is used of tfjs-node: its kernels, which are registered, and the backend that runs them on a binding. */
export interface Packages {
  readonly tf: Tf & Pick<typeof Tfjs, 'findBackend' | 'registerBackend'>
  readonly createKernelBackend: (binding: Binding) => Tfjs.KernelBackend
}

/** Node 23 has dropped two functions that tfjs-node calls, and those before it warn of them. */
const mendUtil = (): void => {
  Object.assign(util, {
    isNullOrUndefined: (value: unknown) => value === undefined || value === null,
    isArray: Array.isArray,
  })
}

// The declaration has two classes besides, which neither upstream's binding nor ours has.
const declared = (binding: Binding): TFJSBinding => binding as TFJSBinding

/** The index of tfjs-node loads upstream's compiled binding or throws, so its parts are taken. Both packages have the same ones. */
const parts: { readonly [N in Row['name']]: () => Promise<Omit<Packages, 'tf'>> } = {
  'tfjs-node-gpu': async () => {
    await import('@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js')
    const { NodeJSKernelBackend } = await import('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js')
    return { createKernelBackend: (binding) => new NodeJSKernelBackend(declared(binding), '@tensorflow/tfjs-node-gpu') }
  },
  'tfjs-node': async () => {
    await import('@tensorflow/tfjs-node/dist/register_all_kernels.js')
    const { NodeJSKernelBackend } = await import('@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js')
    return { createKernelBackend: (binding) => new NodeJSKernelBackend(declared(binding), '@tensorflow/tfjs-node') }
  },
}

export const npmInstall = ({ name }: Row): string => `npm install --ignore-scripts @tensorflow/${name} koffi`

export const loadPackages = (row: Row): TE.TaskEither<BackendError, Packages> =>
  TE.tryCatch(
    async () => {
      mendUtil()
      const tf = await import('@tensorflow/tfjs-core')
      return { tf, ...(await parts[row.name]()) }
    },
    (cause) => rowError(row, `loading @tensorflow/${row.name}: ${messageOf(cause)}`, npmInstall(row)),
  )
