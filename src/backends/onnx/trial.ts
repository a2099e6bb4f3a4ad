import { size } from '../../ir/program.ts'
import { largestDefault, type Named, overLimits } from '../core/limits.ts'
import { float } from './call.ts'
import type { Graph } from './graph.ts'
import { writeModel } from './model.ts'
import type { Runtime } from './runtime.ts'

/** Makes a tensor with this many floats on the device. */
const making = (count: number): Graph => ({
  name: 'trial',
  nodes: [{ name: 'fill', op: 'Expand', inputs: ['x', 'shape'], outputs: ['y'], attributes: {} }],
  initializers: [{ name: 'shape', type: 'int64', shape: [1], values: BigInt64Array.of(BigInt(count)) }],
  inputs: [float('x', [1])],
  outputs: [float('y', [count])],
})

type Device = Pick<Runtime, 'open' | 'floats' | 'free'>

const hasRoom = async ({ open, floats, free }: Device, count: number): Promise<boolean> => {
  const session = await open(writeModel(making(count)))
  try {
    Object.values(await session.run({ x: floats([1], Float32Array.of(0)) })).forEach(free)
    return true
  } catch {
    return false
  } finally {
    await session.release()
  }
}

/** The precision of the search: 64 MiB, in floats. */
const grain = 2 ** 24

/** Bisects how many floats fit: `yes` floats fit, `no` floats do not. */
const most = async (device: Device, yes: number, no: number): Promise<number> => {
  if (no - yes <= grain) return yes
  const middle = Math.floor((yes + no) / 2)
  return (await hasRoom(device, middle)) ? most(device, middle, no) : most(device, yes, middle)
}

/**
 * Whether the largest of some tensors fits on the device. Found by trying, because onnxruntime in Node does not report limits. Sizes that
 * every WebGPU device supports are not tried.
 */
export const byTrial =
  (device: Device, called: string): NonNullable<Runtime['overLimits']> =>
  async (tensors) => {
    const none: Named = { name: '', shape: [] }
    const largest = tensors.reduce((a, b) => (size(b.shape) > size(a.shape) ? b : a), none)
    const [count, least] = [size(largest.shape), largestDefault / 4]
    if (count <= least || (await hasRoom(device, count))) return undefined
    const maxBufferSize = 4 * (await most(device, least, count))
    return overLimits({ maxBufferSize, maxStorageBufferBindingSize: Number.POSITIVE_INFINITY }, called, [largest])
  }
