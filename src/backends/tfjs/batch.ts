import { at, present } from '../../ir/present.ts'
import { type Shape, sameShape, size } from '../../ir/program.ts'
import { call, createEmitter, type Emitter } from './emitter.ts'
import { type Lockstep, type LockstepStep, lockstepGroups, walkInLockstep } from './lockstep.ts'
import { instructionAt, mapInputs, type Plan, type Slot } from './plan.ts'
import { neededFor, resultsOf } from './schedule.ts'

/**
 * Optimizers do the same to many tensors. On a GPU every kernel launch has a cost, so tensors with the same computation are concatenated,
 * computed together, and split again. Results are equal bit by bit.
 */

const reshaped = (emitter: Emitter, x: Slot, shape: Shape): Slot =>
  sameShape(emitter.at(x).shape, shape)
    ? x
    : emitter.emit(call('Reshape', { x }, { shape }, shape, emitter.at(x).origin))

/** The parts of a group's concatenated values. */
const emitGroup = (
  plan: Plan,
  emitter: Emitter,
  { members, steps, outputs }: Lockstep,
  place: (slot: Slot) => Slot,
): ReadonlyMap<Slot, Slot> => {
  const sizes = members.map((root) => size(instructionAt(plan, root).shape))
  const total = sizes.reduce((sum, n) => sum + n, 0)
  const made = new Map<string, Slot>()
  const parts = new Map<Slot, Slot>()
  for (const { key, slots, operation, inputs } of steps) {
    const first = at(slots, 0)
    const { origin } = instructionAt(plan, first)
    if (operation === 'shared') made.set(key, reshaped(emitter, place(first), []))
    else if (operation === 'operand') {
      const vectors = slots.map((slot, i) => reshaped(emitter, place(slot), [1, at(sizes, i)]))
      made.set(key, emitter.emit(call('Concat', vectors, { axis: 1 }, [1, total], origin)))
    } else {
      const named = mapInputs(inputs, (input) => present(made.get(input), 'an input of the batch'))
      made.set(key, emitter.emit({ ...operation, inputs: named, shape: [1, total] }))
    }
    if (!outputs.has(key)) continue
    slots.forEach((slot, i) => {
      const begin = [0, sizes.slice(0, i).reduce((sum, n) => sum + n, 0)]
      const length = [1, at(sizes, i)]
      const x = present(made.get(key), 'a value of the batch')
      const own = instructionAt(plan, slot)
      const part = emitter.emit(call('Slice', { x }, { begin, size: length }, length, own.origin))
      parts.set(slot, reshaped(emitter, part, own.shape))
    })
  }
  return parts
}

const emitAll = (plan: Plan, groups: readonly Lockstep[]): Plan => {
  const emitter = createEmitter()
  const results = new Set(resultsOf(plan))
  const places = new Map<Slot, Slot>()
  const groupOf = new Map(groups.flatMap((group) => [...group.inside].map((slot) => [slot, group] as const)))
  const place = (slot: Slot): Slot => {
    const known = places.get(slot)
    if (known !== undefined) return known
    const group = groupOf.get(slot)
    if (group !== undefined) for (const [part, at] of emitGroup(plan, emitter, group, place)) places.set(part, at)
    else places.set(slot, emitOne(slot))
    const found = places.get(slot)
    if (found === undefined) throw new Error(`broken invariant: slot ${slot} is read but was no output`)
    return found
  }
  const emitOne = (slot: Slot): Slot => {
    const instruction = plan.instructions[slot]
    if (instruction === undefined) throw new Error(`broken invariant: there is no slot ${slot}`)
    if (instruction.type !== 'call') return emitter.emit(instruction)
    const next = { ...instruction, inputs: mapInputs(instruction.inputs, place) }
    return results.has(slot) ? emitter.own(next) : emitter.emit(next)
  }
  const needed = [...neededFor(plan, [...results])].sort((a, b) => a - b)
  for (const slot of needed) if (!groupOf.has(slot)) place(slot)
  const ends = (named: Plan['writes']) =>
    Object.fromEntries(Object.entries(named).map(([name, slot]) => [name, place(slot)]))
  const [writes, metrics] = [ends(plan.writes), ends(plan.metrics)]
  return { instructions: emitter.instructions(), writes, metrics }
}

/** How many kernel launches a group saves: those of all members but one, minus those that concatenate and split. */
const saved = ({ members, steps, outputs }: Lockstep): number => {
  const count = (kind: (operation: LockstepStep['operation']) => boolean): number =>
    steps.filter(({ operation }) => kind(operation)).length
  const computed = count((operation) => typeof operation === 'object')
  return computed * (members.length - 1) - count((operation) => operation === 'operand') - outputs.size * members.length
}

/** Whether a group's computation can be done at once: it brings nothing that it computes itself. */
const isWhole = ({ steps, inside }: Lockstep): boolean =>
  steps.every(({ operation, slots }) => typeof operation === 'object' || !slots.some((slot) => inside.has(slot)))

/** Whether a group depends on another. */
const needs = (plan: Plan, group: Lockstep, other: Lockstep): boolean => {
  const brought = group.steps.flatMap(({ operation, slots }) => (typeof operation === 'object' ? [] : slots))
  return [...neededFor(plan, brought)].some((slot) => other.inside.has(slot))
}

/** Batches the updates of tensors with the same computation. Groups are ordered by their dependencies. */
export const batch = (plan: Plan): Plan => {
  const found = lockstepGroups(plan)
    .map((members) => walkInLockstep(plan, members))
    .filter((group) => isWhole(group) && saved(group) > 0)
  const groups = found.filter((group, i) => !found.slice(0, i).some((earlier) => needs(plan, earlier, group)))
  return groups.length === 0 ? plan : emitAll(plan, groups)
}
