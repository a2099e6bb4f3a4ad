import type { Device } from './device.ts'

/**
 * Does some work on a device's kernels. Which kernels tfjs runs is one setting for all of it: the work may not wait, so
 * that nobody changes the setting in the middle of it.
 */
export const onDevice = async <A>({ tf, kernels }: Device, work: () => A): Promise<A> => {
  while (tf.getBackend() !== kernels)
    if (!(await tf.setBackend(kernels))) throw new Error(`tfjs could not start its kernels '${kernels}'`)
  return work()
}
