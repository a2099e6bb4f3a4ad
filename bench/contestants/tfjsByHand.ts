import * as tf from '@tensorflow/tfjs'
import * as E from '#fp-ts/Either'
import { startBackend } from '../../src/backends/start/registry.ts'
import { handGames } from '../byHand/games.ts'
import { stepOf } from '../byHand/step.ts'
import { isWorkload } from '../games.ts'
import { countKernels } from '../kernels.ts'
import { contend, type Start } from '../protocol.ts'

/** The same step written by hand on one of tfjs's backends, which is started as ours starts it. */

const reasons: { readonly [workload: string]: string } = {
  W6: 'DCGAN was not written by hand',
}
/** Their gradients need convolutions by the filter. */
const convolutional: readonly string[] = ['W2', 'W4']

const begin: Start = async (workload, threads, [backend = 'tfjs-wasm']) => {
  const game = isWorkload(workload) ? handGames[workload] : undefined
  if (game === undefined) return { cannot: reasons[workload] ?? `there is no workload ${workload}` }
  if (backend === 'tfjs-wasm' && threads > 1) return { cannot: 'tfjs wasm runs on one thread in Node' }
  if (backend === 'tfjs-wasm' && convolutional.includes(workload))
    return { cannot: 'tfjs wasm has no kernel for the gradient of a convolution by its filter' }
  const started = await startBackend(backend, { threads })()
  if (E.isLeft(started)) return { cannot: `${started.left.message}. ${started.left.hint}` }
  // Ours leaves tfjs as it was where its kernels have names of their own; these are tfjs-node's.
  if (backend.startsWith('tfjs-node')) await tf.setBackend('tensorflow')
  const step = stepOf(game())
  const play = async (steps: number): Promise<void> => {
    for (let i = 1; i < steps; i++) step().dispose()
    const cost = step()
    await cost.data()
    cost.dispose()
  }
  await play(1)
  const count = countKernels()
  const before = count()
  await play(2)
  const kernels = (count() - before) / 2
  let steps = 1
  return {
    version: `tfjs ${tf.version_core}`,
    device: started.right.info.device,
    kernels,
    play: async () => {
      const start = performance.now()
      await play(steps)
      const done = steps
      // As many at once as a training run would take.
      steps = Math.max(1, Math.floor((steps * 150) / Math.max(performance.now() - start, 1)))
      return done
    },
  }
}

await contend(begin)
