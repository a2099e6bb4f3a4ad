import { readdirSync, readFileSync } from 'node:fs'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { StartBackend } from '../backend.ts'
import { hostRuntime, load, versionOf } from './node.ts'
import { tryProvider } from './provider.ts'
import { createStore } from './store.ts'

/** onnxruntime in Node, by its CUDA provider: its Loop keeps the state on the graphics card from step to step. */

const name = 'onnx-cuda'

/** Says no more than `fatal`, before onnxruntime starts: what goes wrong with the provider is an error of ours. */
const quiet = 'fatal'

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

export const start: StartBackend = ({ threads }) =>
  pipe(
    load(name),
    TE.bindTo('onnx'),
    TE.bind('runtime', ({ onnx }) => {
      onnx.env.logLevel = quiet
      const runtime = hostRuntime(onnx, name, {
        executionProviders: ['cuda'],
        ...(threads !== undefined && { intraOpNumThreads: threads }),
      })
      return pipe(
        tryProvider(
          runtime,
          "starting onnxruntime's CUDA provider",
          'npm install --onnxruntime-node-install=cuda12 onnxruntime-node, on Linux, beside CUDA 12, cuDNN 9 and an NVIDIA driver',
        ),
        TE.map(() => runtime),
      )
    }),
    TE.map(({ onnx, runtime }) => ({
      info: { name, device: model() ?? 'a CUDA device', accelerator: 'gpu', version: versionOf(onnx) },
      store: (initial) => TE.fromIO(() => createStore(runtime, initial)),
    })),
  )
