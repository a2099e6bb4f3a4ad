import { type Instruction, type Plan, type Slot, slotsOf } from './plan.ts'

/** One instruction, and the values that nothing reads after it. */
export interface Turn {
  readonly slot: Slot
  readonly instruction: Instruction
  readonly frees: readonly Slot[]
}

/** What is computed, and when. */
export interface Schedule {
  /** What depends on nothing but constants: computed when a program is compiled, and kept. */
  readonly once: readonly Turn[]
  /** What a step computes. */
  readonly each: readonly Turn[]
}

export const resultsOf = ({ writes, metrics }: Plan): readonly Slot[] => [
  ...Object.values(writes),
  ...Object.values(metrics),
]

/** What some result is computed from. */
export const neededFor = ({ instructions }: Plan, results: readonly Slot[]): ReadonlySet<Slot> => {
  const needed = new Set(results)
  for (const slot of needed) {
    const instruction = instructions[slot]
    if (instruction !== undefined) for (const input of slotsOf(instruction)) needed.add(input)
  }
  return needed
}

/** A result is made anew in each step, for each has its owner. */
const constants = ({ instructions }: Plan, results: readonly Slot[]): ReadonlySet<Slot> => {
  const found = new Set<Slot>()
  for (const [slot, instruction] of instructions.entries()) {
    const inputs = slotsOf(instruction)
    const isCall = instruction.type === 'call' && !results.includes(slot)
    if (instruction.type === 'constant' || (isCall && inputs.every((input) => found.has(input)))) found.add(slot)
  }
  return found
}

/** Each value is freed after the last that reads it; a state and what is kept are not. */
const turns = (plan: Plan, slots: readonly Slot[], keep: (slot: Slot) => boolean): readonly Turn[] => {
  const last = new Map<Slot, Slot>()
  for (const slot of slots) {
    const instruction = plan.instructions[slot]
    last.set(slot, slot)
    if (instruction !== undefined) for (const input of slotsOf(instruction)) last.set(input, slot)
  }
  const frees = new Map<Slot, readonly Slot[]>()
  for (const [slot, reader] of last) if (!keep(slot)) frees.set(reader, [...(frees.get(reader) ?? []), slot])
  return slots.flatMap((slot) => {
    const instruction = plan.instructions[slot]
    return instruction === undefined ? [] : [{ slot, instruction, frees: frees.get(slot) ?? [] }]
  })
}

export const schedule = (plan: Plan): Schedule => {
  const results = resultsOf(plan)
  const needed = [...neededFor(plan, results)].sort((a, b) => a - b)
  const fixed = constants(plan, results)
  const read = new Set(
    needed.filter((slot) => !fixed.has(slot)).flatMap((slot) => slotsOf(plan.instructions[slot] ?? none)),
  )
  const isState = (slot: Slot): boolean => plan.instructions[slot]?.type === 'state'
  return {
    once: turns(
      plan,
      needed.filter((slot) => fixed.has(slot)),
      (slot) => read.has(slot),
    ),
    each: turns(
      plan,
      needed.filter((slot) => !fixed.has(slot)),
      (slot) => fixed.has(slot) || isState(slot) || results.includes(slot),
    ),
  }
}

const none: Instruction = { type: 'step', shape: [], origin: '' }
