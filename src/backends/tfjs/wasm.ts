import { absent } from '../core/absent.ts'
import { wasmDifferences } from './differences/wasm.ts'
import { ready, starting } from './start.ts'

/** tfjs in WebAssembly, in Node (where it has one thread) and in a browser. */

const name = 'tfjs-wasm'

const inWords = (simd: unknown, threads: number): string =>
  `CPU, WebAssembly${simd === true ? ' with SIMD' : ''}, ${threads === 1 ? '1 thread' : `${threads} threads`}`

const command = 'npm install @tensorflow/tfjs-core @tensorflow/tfjs-backend-wasm'

const isInNode = typeof process !== 'undefined'

/** A page may have the library and not its files. */
const hint = isInNode
  ? command
  : `${command}; serve its .wasm files beside the script, or say where they are: wasmFolder`

export const start = starting(name, hint, async ({ threads, wasmFolder }) => {
  const tf = await import('@tensorflow/tfjs-core').catch(absent)
  const wasm = await import('@tensorflow/tfjs-backend-wasm').catch(absent)
  if (threads !== undefined) wasm.setThreadsCount(threads)
  if (wasmFolder !== undefined) wasm.setWasmPaths(wasmFolder)
  await ready(tf, 'wasm')
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')
  const device = inWords(simd, wasm.getThreadsCount())
  return {
    tf,
    kernels: 'wasm',
    info: { name, device, accelerator: 'none', version: tf.version_core },
    differences: wasmDifferences,
  }
})
