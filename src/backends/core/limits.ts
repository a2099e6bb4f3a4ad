import { type Shape, showShape, size } from '../../ir/program.ts'

/** The most bytes of one tensor on a WebGPU device. */
export interface Limits {
  readonly maxBufferSize: number
  readonly maxStorageBufferBindingSize: number
}

/** A tensor that must fit on the device, and its name for messages. */
export interface Named {
  readonly name: string
  readonly shape: Shape
}

/** The maxBufferSize that every device has at least: https://www.w3.org/TR/webgpu/#dom-supported-limits-maxbuffersize */
export const largestDefault = 2 ** 28

/** The problem of a tensor, and what to do. */
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

/** The problem of the first tensor that is too large for one buffer of the device; `undefined` if all fit. */
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
