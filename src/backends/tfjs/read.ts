import type { Device, Tensor } from './device.ts'

/** What a tensor holds: an array of its own. */
export const readFloats = async ({ failure = () => undefined }: Device, tensor: Tensor): Promise<Float32Array> => {
  const data = await tensor.data()
  const failed = failure()
  if (failed !== undefined) throw new Error(failed)
  if (!(data instanceof Float32Array)) throw new Error('a tensor of floats was expected')
  return data.slice()
}
