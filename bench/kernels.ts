import * as tf from '@tensorflow/tfjs'

/** The part of tfjs's WebGPU backend through which every dispatch goes. */
interface Dispatching {
  runWebGPUProgram: (...arguments_: readonly unknown[]) => unknown
}

const dispatches = (backend: object): backend is Dispatching => 'runWebGPUProgram' in backend

/** Counts what tfjs is asked to compute from now on: a GPU's dispatches, elsewhere the kernels that are called. */
export const countKernels = (): (() => number) => {
  let count = 0
  const backend = tf.backend()
  if (dispatches(backend)) {
    const run = backend.runWebGPUProgram.bind(backend)
    backend.runWebGPUProgram = (...arguments_) => {
      count++
      return run(...arguments_)
    }
    return () => count
  }
  const name = tf.getBackend()
  for (const kernel of tf.getKernelsForBackend(name)) {
    tf.unregisterKernel(kernel.kernelName, name)
    tf.registerKernel({
      ...kernel,
      kernelFunc: (call) => {
        count++
        return kernel.kernelFunc(call)
      },
    })
  }
  return () => count
}
