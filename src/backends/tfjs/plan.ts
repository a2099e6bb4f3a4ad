import { at } from '../../ir/present.ts'
import type { Shape } from '../../ir/program.ts'
import type { Attributes, Inputs } from './kernelCall.ts'

/** The place in its plan of the instruction that makes a value. */
export type Slot = number

interface Made {
  readonly shape: Shape
  /** What in the spec it came from, for error messages. */
  readonly origin: string
}

/** What is there before a step computes anything. */
export type Leaf = Made &
  /** Row-major; one number stands for a tensor that is filled with it. */
  (
    | { readonly type: 'constant'; readonly values: readonly number[] }
    | { readonly type: 'state'; readonly name: string }
    | { readonly type: 'draw'; readonly name: string }
    | { readonly type: 'step' }
  )

/** One kernel of tfjs, run once a step. */
export interface Call extends Made {
  readonly type: 'call'
  readonly kernel: string
  readonly inputs: Inputs<Slot>
  readonly attributes: Attributes
}

export type Instruction = Leaf | Call

/** A program as kernels of tfjs, in order: each reads earlier ones. */
export interface Plan {
  readonly instructions: readonly Instruction[]
  /** New values of state. No two are one slot, and each is a call's, so that each is a tensor of its own. */
  readonly writes: { readonly [name: string]: Slot }
  /** What is reported, as vectors, each of them a tensor of its own. */
  readonly metrics: { readonly [name: string]: Slot }
}

export const slotsOf = (instruction: Instruction): readonly Slot[] =>
  instruction.type === 'call' ? Object.values(instruction.inputs) : []

/** Inputs with other slots in their places. */
export const mapInputs = <A, B>(inputs: Inputs<A>, change: (input: A) => B): Inputs<B> =>
  isList(inputs)
    ? inputs.map(change)
    : Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, change(input)]))

const isList = <A>(inputs: Inputs<A>): inputs is readonly A[] => Array.isArray(inputs)

/** What a kernel of one input reads. */
export const onlyInput = (call: Call): Slot => at(slotsOf(call), 0)

/** The instruction that makes a slot's value. */
export const instructionAt = ({ instructions }: Pick<Plan, 'instructions'>, slot: Slot): Instruction =>
  at(instructions, slot)
