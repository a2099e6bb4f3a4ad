import { existsSync } from 'node:fs'
import type { BackendInfo } from '../../core/backend.ts'
import { librariesHome } from '../../libraries/home.ts'
import { type Library, partFolder } from '../../libraries/library.ts'
import { tensorflow } from '../../libraries/libtensorflow.ts'
import type { Binding } from './binding.ts'
import type { Row } from './row.ts'

const cpu = ({ resources }: Binding): string => {
  if (resources === undefined) return 'CPU'
  return resources.threads === 1 ? 'CPU, 1 thread' : `CPU, ${resources.threads} threads`
}

const isCudaInstalled = ({ cuda }: Library): boolean =>
  cuda !== undefined && existsSync(partFolder(librariesHome(), tensorflow, cuda))

/** TensorFlow does not say why there is none. */
const withoutGpu = ({ resources }: Binding): string =>
  resources === undefined || isCudaInstalled(tensorflow)
    ? 'no GPU that CUDA can use'
    : 'no GPU: CUDA is not installed with it'

const device = (row: Row, binding: Binding): string => {
  if (binding.isUsingGpuDevice()) return 'GPU, CUDA'
  return row.gpu ? `${cpu(binding)} (${withoutGpu(binding)})` : cpu(binding)
}

/** What a row runs on, as TensorFlow itself has it. */
export const describe = (row: Row, binding: Binding): BackendInfo => ({
  name: row.name,
  device: device(row, binding),
  accelerator: binding.isUsingGpuDevice() ? 'gpu' : 'none',
  version: binding.TF_Version,
})
