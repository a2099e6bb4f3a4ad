import type * as Tfjs from '@tensorflow/tfjs-core'
import { absent } from '../core/absent.ts'
import { cpuDifferences } from './differences/cpu.ts'
import { ready, starting } from './start.ts'

/** tfjs in plain JavaScript, in Node and in a browser. */

const name = 'tfjs-cpu'

/** With its first tensor in Node, tfjs prints an advertisement for tfjs-node. Makes that tensor while printing is suppressed. */
const greetInSilence = ({ engine, env }: typeof Tfjs): void => {
  const before = env().getBool('PROD')
  env().set('PROD', true)
  engine().makeTensor(new Float32Array(1), [1], 'float32').dispose()
  env().set('PROD', before)
}

export const start = starting(name, 'npm install @tensorflow/tfjs-core @tensorflow/tfjs-backend-cpu', async () => {
  const tf = await import('@tensorflow/tfjs-core').catch(absent)
  await import('@tensorflow/tfjs-backend-cpu').catch(absent)
  await ready(tf, 'cpu')
  greetInSilence(tf)
  return {
    tf,
    kernels: 'cpu',
    info: { name, device: 'CPU, JavaScript', accelerator: 'none', version: tf.version_core },
    differences: cpuDifferences,
  }
})
