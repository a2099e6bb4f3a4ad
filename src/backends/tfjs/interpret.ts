import { at } from '../../ir/present.ts'
import { type Shape, size } from '../../ir/program.ts'
import { messageOf } from '../core/error.ts'
import type { Device, Tensor } from './device.ts'
import type { Attributes, Inputs } from './kernelCall.ts'
import { type Call, type Instruction, mapInputs, type Slot } from './plan.ts'
import type { Turn } from './schedule.ts'
import { dispose, disposeAll, type Tensors } from './tensors.ts'

/** The present values of a plan, by slot. */
export type Values = ReadonlyMap<Slot, Tensor>

/** The inputs of one step. */
export interface Given {
  readonly state: Tensors
  /** This step's part of each draw. */
  readonly draw: (name: string) => Float32Array
  readonly step: number
}

export const upload = ({ tf }: Device, shape: Shape, values: Float32Array): Tensor =>
  tf.engine().makeTensor(values, [...shape], 'float32')

const stateTensor = ({ state }: Given, name: string): Tensor => {
  const tensor = state[name]
  if (tensor === undefined) throw new Error(`the store has no tensor '${name}'`)
  return tensor
}

const filled = (shape: Shape, values: readonly number[]): Float32Array =>
  values.length === 1 ? new Float32Array(size(shape)).fill(at(values, 0)) : Float32Array.from(values)

/** All used kernels return one tensor. */
export const runKernel = ({ tf }: Device, kernel: string, inputs: Inputs<Tensor>, attributes: Attributes): Tensor => {
  const made = tf.engine().runKernel(kernel, inputs, attributes)
  if ('dispose' in made) return made
  throw new Error(`broken invariant: ${kernel} makes ${made.length} tensors`)
}

const run = (device: Device, { kernel, inputs, attributes, origin }: Call, at: (slot: Slot) => Tensor): Tensor => {
  try {
    return runKernel(device, kernel, mapInputs(inputs, at), attributes)
  } catch (cause) {
    throw new Error(`${kernel}${origin === '' ? '' : ` of ${origin}`}: ${messageOf(cause)}`)
  }
}

const made = (
  device: Device,
  instruction: Exclude<Instruction, { readonly type: 'state' }>,
  given: Given,
  at: (slot: Slot) => Tensor,
): Tensor => {
  switch (instruction.type) {
    case 'constant':
      return upload(device, instruction.shape, filled(instruction.shape, instruction.values))
    case 'draw':
      return upload(device, instruction.shape, given.draw(instruction.name))
    case 'step':
      return upload(device, [], Float32Array.of(given.step))
    case 'call':
      return run(device, instruction, at)
  }
}

/** Takes turns. Where one fails, what the others made is disposed of. */
export const interpret = (device: Device, turns: readonly Turn[], given: Given, kept: Values): Values => {
  /** The tensors that were made here and are not freed yet. */
  const own = new Map<Slot, Tensor>()
  const states = new Map<Slot, Tensor>()
  const at = (slot: Slot): Tensor => {
    const tensor = own.get(slot) ?? kept.get(slot) ?? states.get(slot)
    if (tensor === undefined) throw new Error(`broken invariant: slot ${slot} is read before it is made`)
    return tensor
  }
  try {
    for (const { slot, instruction, frees } of turns) {
      if (instruction.type === 'state') states.set(slot, stateTensor(given, instruction.name))
      else own.set(slot, made(device, instruction, given, at))
      for (const free of frees) {
        dispose(at(free))
        own.delete(free)
      }
    }
    return own
  } catch (cause) {
    disposeAll(own.values())
    throw cause
  }
}
