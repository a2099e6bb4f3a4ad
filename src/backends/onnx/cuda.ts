import { readdirSync, readFileSync } from 'node:fs'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { StartBackend } from '../core/backend.ts'
import { hostRuntime, load, versionOf } from './node.ts'
import { backendOf, holdProvider } from './provider.ts'
import type { Runtime } from './runtime.ts'

/** onnxruntime in Node with its CUDA provider. Its Loop keeps the state on the GPU between steps. */

const name = 'onnx-cuda'

/** The name of the first GPU, if NVIDIA's Linux driver tells it. */
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

/** Installing an existing package does nothing, so a rebuild runs its script. */
const hint =
  'npm install --ignore-scripts onnxruntime-node && ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node, on Linux with an NVIDIA driver, CUDA 12 and cuDNN 9'

/** Switches off TF32, which would round factors to 10 bits, unless the user has set the variable. */
const exactly = (): void => {
  process.env.NVIDIA_TF32_OVERRIDE ??= '0'
}

export const start: StartBackend = ({ threads }) =>
  pipe(
    TE.fromIO(exactly),
    TE.flatMap(() => load(name)),
    TE.bindTo('onnx'),
    TE.let(
      'runtime',
      ({ onnx }): Runtime => ({
        ...hostRuntime(onnx, name, {
          executionProviders: ['cuda'],
          ...(threads !== undefined && { intraOpNumThreads: threads }),
        }),
        processor: 'gpu',
      }),
    ),
    TE.bind('holding', ({ runtime }) => holdProvider(runtime, "starting onnxruntime's CUDA provider", hint)),
    TE.map(({ onnx, runtime, holding }) =>
      backendOf(runtime, holding, { device: model() ?? 'a CUDA device', accelerator: 'gpu', version: versionOf(onnx) }),
    ),
  )
