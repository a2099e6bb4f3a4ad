import { join } from 'node:path'
import { libraryFolder } from './library.ts'
import type { NpmLibrary } from './npmLibrary.ts'

/**
 * onnxruntime for Node. Its package has the libraries for the CPU and for WebGPU; its install script only adds those for
 * CUDA, which most machines can't use, from a host that many networks do not reach. Hence it is no dependency.
 */
export const onnxruntime: NpmLibrary = {
  name: 'onnx',
  title: 'onnxruntime',
  version: '1.30.0',
  package: 'onnxruntime-node',
  size: 300_000_000,
  binaries: 'bin/napi-v6',
}

/** Its installed folder for this platform. */
export const onnxruntimeFolder = (home: string): string =>
  join(libraryFolder(home, onnxruntime), `${process.platform}-${process.arch}`)
