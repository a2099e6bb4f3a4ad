import type { Device } from './device.ts'

/**
 * Runs a task with a device's kernels. tfjs has one global setting for its kernels, so this sets them and runs the task synchronously, so
 * that nothing else can change the setting in between.
 */
export const onDevice = async <A>({ tf, kernels }: Device, work: () => A): Promise<A> => {
  if (tf.getBackend() !== kernels) {
    const set = tf.setBackend(kernels)
    if (tf.getBackend() !== kernels) throw new Error(`tfjs has no kernels '${kernels}' any more: ${await set}`)
  }
  return work()
}
