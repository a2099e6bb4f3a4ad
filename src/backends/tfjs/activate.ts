import type { Device } from './device.ts'

/**
 * Does some work on a device's kernels. Which kernels tfjs runs is one setting for all of it: they are set and the work is
 * done without a pause, in which someone else could set others. That can be, as kernels that are ready are set at once.
 */
export const onDevice = async <A>({ tf, kernels }: Device, work: () => A): Promise<A> => {
  if (tf.getBackend() !== kernels) {
    const set = tf.setBackend(kernels)
    if (tf.getBackend() !== kernels) throw new Error(`tfjs has no kernels '${kernels}' any more: ${await set}`)
  }
  return work()
}
