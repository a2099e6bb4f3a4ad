import { absent } from '../absent.ts'
import { noDifferences } from './differences.ts'
import { ready, starting } from './start.ts'

/** tfjs in plain JavaScript, in Node and in a browser. */

const name = 'tfjs-cpu'

export const start = starting(name, 'npm install @tensorflow/tfjs-core @tensorflow/tfjs-backend-cpu', async () => {
  const tf = await import('@tensorflow/tfjs-core').catch(absent)
  await import('@tensorflow/tfjs-backend-cpu').catch(absent)
  await ready(tf, 'cpu')
  return {
    tf,
    kernels: 'cpu',
    info: { name, device: 'CPU, JavaScript', accelerator: 'none', version: tf.version_core },
    differences: noDifferences,
  }
})
