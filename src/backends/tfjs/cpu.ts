import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { StartBackend } from '../backend.ts'
import { tfjsBackend } from './backend.ts'
import { noDifferences } from './differences.ts'
import { attempt } from './error.ts'

/** tfjs in plain JavaScript, in Node and in a browser. */

const name = 'tfjs-cpu'

export const start: StartBackend = () =>
  pipe(
    attempt(
      { info: { name } },
      'loading tfjs',
      'npm install @tensorflow/tfjs-core @tensorflow/tfjs-backend-cpu',
      async () => {
        const tf = await import('@tensorflow/tfjs-core')
        await import('@tensorflow/tfjs-backend-cpu')
        return tf
      },
    ),
    TE.map((tf) =>
      tfjsBackend({
        tf,
        kernels: 'cpu',
        info: { name, device: 'CPU, JavaScript', accelerator: 'none', version: tf.version_core },
        differences: noDifferences,
      }),
    ),
  )
