import { type Shape, showShape, size } from '../../ir/program.ts'

/** Bytes that one tensor may have on a WebGPU device. */
export interface Limits {
  readonly maxBufferSize: number
  readonly maxStorageBufferBindingSize: number
}

/** A tensor that will be on the device, and what to call it. */
export interface Named {
  readonly name: string
  readonly shape: Shape
}

/** The maxBufferSize of every device, at the least: https://www.w3.org/TR/webgpu/#dom-supported-limits-maxbuffersize */
export const largestDefault = 2 ** 28

/** What is wrong with a tensor, and what to do. */
export interface Over {
  readonly message: string
  readonly hint: string
}

const bytes = (shape: Shape): number => 4 * size(shape)

const least = (limits: Limits): readonly [keyof Limits, number] =>
  limits.maxStorageBufferBindingSize < limits.maxBufferSize
    ? ['maxStorageBufferBindingSize', limits.maxStorageBufferBindingSize]
    : ['maxBufferSize', limits.maxBufferSize]

const mebibytes = (n: number): string => `${Number((n / 2 ** 20).toPrecision(3))} MiB`

/** What is wrong with the first tensor that a device has no room for in one piece; nothing where all fit. */
export const overLimits = (limits: Limits, device: string, tensors: readonly Named[]): Over | undefined => {
  const [limit, most] = least(limits)
  const found = tensors.find(({ shape }) => bytes(shape) > most)
  if (found === undefined) return undefined
  const { name, shape } = found
  return {
    message: `${name} of shape ${showShape(shape)} takes ${mebibytes(bytes(shape))}, but ${device} allows ${mebibytes(most)} (${limit})`,
    hint: 'Lower the batch or the sizes of that layer, or take a backend on the CPU.',
  }
}
