import { readdirSync, readFileSync } from 'node:fs'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { StartBackend } from '../core/backend.ts'
import { hostRuntime, load, versionOf } from './node.ts'
import { backendOf, holdProvider } from './provider.ts'
import type { Runtime } from './runtime.ts'

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

/** An install of a package that is there does nothing, so its script is run by a rebuild. */
const hint =
  'npm install --ignore-scripts onnxruntime-node && ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node, on Linux with an NVIDIA driver, CUDA 12 and cuDNN 9'

/** Products in float32 all through, as everywhere else: cards would round their factors to 10 bits. Whoever sets this decides. */
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
