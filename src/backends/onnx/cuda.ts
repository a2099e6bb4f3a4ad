import { readdirSync, readFileSync } from 'node:fs'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { StartBackend } from '../backend.ts'
import { hostRuntime, loadQuietly, versionOf } from './node.ts'
import { backendOf, holdProvider } from './provider.ts'

/** onnxruntime in Node, by its CUDA provider: its Loop keeps the state on the graphics card from step to step. */

const name = 'onnx-cuda'

/** The first graphics card's name, where NVIDIA's driver for Linux tells it. */
const model = (): string | undefined => {
  const folder = '/proc/driver/nvidia/gpus'
  try {
    const [first] = readdirSync(folder)
    if (first === undefined) return undefined
    return /^Model:\s*(.+)$/m.exec(readFileSync(`${folder}/${first}/information`, 'utf8'))?.[1]
  } catch {
    return undefined
  }
}

const hint =
  'npm install --onnxruntime-node-install=cuda12 onnxruntime-node, on Linux with an NVIDIA driver, CUDA 12 and cuDNN 9'

export const start: StartBackend = ({ threads }) =>
  pipe(
    loadQuietly(name),
    TE.bindTo('onnx'),
    TE.let('runtime', ({ onnx }) =>
      hostRuntime(onnx, name, {
        executionProviders: ['cuda'],
        ...(threads !== undefined && { intraOpNumThreads: threads }),
      }),
    ),
    TE.bind('holding', ({ runtime }) => holdProvider(runtime, "starting onnxruntime's CUDA provider", hint)),
    TE.map(({ onnx, runtime, holding }) =>
      backendOf(runtime, holding, { device: model() ?? 'a CUDA device', accelerator: 'gpu', version: versionOf(onnx) }),
    ),
  )
