import type { Shape } from '../../ir/program.ts'
import type { Attributes, Inputs } from './kernelCall.ts'
import type { Call, Instruction, Slot } from './plan.ts'

/** Writes the instructions of a plan. Equal instructions become one, so that common subexpressions are computed once. */
export interface Emitter {
  readonly emit: (instruction: Instruction) => Slot
  /** Adds a call even if an equal one exists, because its result needs its own owner. */
  readonly own: (call: Call) => Slot
  readonly at: (slot: Slot) => Instruction
  readonly instructions: () => readonly Instruction[]
}

/** A constant may have very many values, and -0 is none of 0's. */
const keyOf = ({ origin: _, ...instruction }: Instruction): string =>
  JSON.stringify(instruction, (_, value: unknown) => (Object.is(value, -0) ? '-0' : value))

export const createEmitter = (): Emitter => {
  const instructions: Instruction[] = []
  const known = new Map<string, Slot>()
  const own = (instruction: Instruction): Slot => instructions.push(instruction) - 1
  return {
    own,
    emit: (instruction) => {
      const key = keyOf(instruction)
      const slot = known.get(key) ?? own(instruction)
      known.set(key, slot)
      return slot
    },
    at: (slot) => {
      const instruction = instructions[slot]
      if (instruction === undefined) throw new Error(`there is no instruction ${slot}`)
      return instruction
    },
    instructions: () => instructions,
  }
}

/** A call of a kernel. */
export const call = (
  kernel: string,
  inputs: Inputs<Slot>,
  attributes: Attributes,
  shape: Shape,
  origin: string,
): Call => ({ type: 'call', kernel, inputs, attributes, shape, origin })
