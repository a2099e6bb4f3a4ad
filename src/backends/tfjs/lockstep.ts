import { sameShape, size } from '../../ir/program.ts'
import type { Inputs } from './kernelCall.ts'
import { type Call, instructionAt, type Plan, type Slot, slotsOf } from './plan.ts'
import { neededFor, resultsOf } from './schedule.ts'

/** One operation on all members of a group; slot i belongs to member i. */
export interface LockstepStep {
  readonly key: string
  readonly slots: readonly Slot[]
  /** A kernel, or where members part: one number for all of them, or what each of them brings. */
  readonly operation: Call | 'shared' | 'operand'
  /** Keys of what a kernel reads. */
  readonly inputs: Inputs<string>
}

/** A group of tensors that are treated alike, from what they bring to what becomes of them. */
export interface Lockstep {
  readonly members: readonly Slot[]
  readonly steps: readonly LockstepStep[]
  /** Keys of what is read elsewhere too, or is a result. */
  readonly outputs: ReadonlySet<string>
  /** All slots whose values are computed together. */
  readonly inside: ReadonlySet<Slot>
}

/** The elementwise kernels. */
const elementwise = new Set([
  'Abs',
  'Add',
  'Cos',
  'Exp',
  'Expm1',
  'Log',
  'Maximum',
  'Minimum',
  'Multiply',
  'Neg',
  'RealDiv',
  'Rsqrt',
  'Sigmoid',
  'Sign',
  'Sin',
  'Sqrt',
  'Sub',
  'Tanh',
])

/** Larger tensors keep a GPU busy for longer than a kernel launch takes, so batching them would not help. */
const largest = 2 ** 16

const sizeAt = (plan: Plan, slot: Slot): number => size(instructionAt(plan, slot).shape)

/** The call at this slot, if it is elementwise. */
const elementwiseAt = (plan: Plan, slot: Slot): Call | undefined => {
  const found = plan.instructions[slot]
  if (found?.type !== 'call' || !elementwise.has(found.kernel)) return undefined
  const fits = slotsOf(found).every((input) => {
    const { shape } = instructionAt(plan, input)
    return size(shape) === 1 || sameShape(shape, found.shape)
  })
  return fits ? found : undefined
}

/** All values that a value depends on elementwise. */
const region = (plan: Plan, root: Slot): ReadonlySet<Slot> => {
  const found = new Set([root])
  const n = sizeAt(plan, root)
  for (const slot of found) {
    const made = elementwiseAt(plan, slot)
    if (made === undefined) found.delete(slot)
    else for (const input of slotsOf(made)) if (sizeAt(plan, input) === n) found.add(input)
  }
  return found
}

/** What is computed, to some depth: tensors whose forms are equal may be alike. */
const form = (plan: Plan, slot: Slot, depth: number): string => {
  if (sizeAt(plan, slot) === 1) return `#${slot}`
  const made = elementwiseAt(plan, slot)
  return made === undefined || depth === 0
    ? '.'
    : `${made.kernel}(${slotsOf(made).map((input) => form(plan, input, depth - 1))})`
}

const disjoint = (a: ReadonlySet<Slot>, b: ReadonlySet<Slot>): boolean => ![...a].some((slot) => b.has(slot))

interface Candidate {
  readonly root: Slot
  readonly region: ReadonlySet<Slot>
  readonly before: ReadonlySet<Slot>
}

/** Whether neither of two groups depends on the other. */
const independent = (a: Candidate, b: Candidate): boolean =>
  disjoint(a.before, b.region) && disjoint(b.before, a.region)

const candidates = (plan: Plan): readonly Candidate[] => {
  const roots = Object.values(plan.writes).filter((slot) => {
    const n = sizeAt(plan, slot)
    return n > 1 && n <= largest && elementwiseAt(plan, slot) !== undefined
  })
  const all = roots.map((root) => ({ root, region: region(plan, root), before: neededFor(plan, [root]) }))
  return all.filter(({ root }) => !all.some((other) => other.root !== root && other.region.has(root)))
}

/** What is written in the same way, and apart from each other. */
export const lockstepGroups = (plan: Plan): readonly (readonly Slot[])[] => {
  const groups: { readonly form: string; readonly members: Candidate[] }[] = []
  for (const one of candidates(plan)) {
    const own = form(plan, one.root, 4)
    const group = groups.find((each) => each.form === own && each.members.every((other) => independent(other, one)))
    if (group === undefined) groups.push({ form: own, members: [one] })
    else group.members.push(one)
  }
  return groups.map(({ members }) => members.map(({ root }) => root)).filter(({ length }) => length > 1)
}

/** The kernel that all slots share, if they do. */
const common = (plan: Plan, slots: readonly Slot[]): Call | undefined => {
  const [first, ...rest] = slots.map((slot) => elementwiseAt(plan, slot))
  const isSame = (other: Call | undefined): boolean =>
    other?.kernel === first?.kernel && slotsOf(other ?? none).length === slotsOf(first ?? none).length
  return rest.every(isSame) ? first : undefined
}

const none: Call = { type: 'call', kernel: '', inputs: {}, attributes: {}, shape: [], origin: '' }

/** Follows all members from their ends at once, as far as they are computed alike. */
export const walkInLockstep = (plan: Plan, members: readonly Slot[]): Lockstep => {
  const sizes = members.map((root) => sizeAt(plan, root))
  const steps = new Map<string, LockstepStep>()
  const visit = (slots: readonly Slot[]): string => {
    const key = slots.join()
    if (steps.has(key)) return key
    const isShared = slots.every((slot) => slot === slots[0] && sizeAt(plan, slot) === 1)
    const isWhole = slots.every((slot, i) => sizeAt(plan, slot) === sizes[i])
    const made = isShared || !isWhole ? undefined : common(plan, slots)
    const names = Object.keys(made?.inputs ?? {})
    const inputsOf = names.map((_, place) =>
      slots.map((slot) => slotsOf(elementwiseAt(plan, slot) ?? none)[place] ?? 0),
    )
    const follows = inputsOf.every((tuple) => canFollow(tuple))
    const inputs =
      made === undefined || !follows ? {} : Object.fromEntries(names.map((name, i) => [name, visit(inputsOf[i] ?? [])]))
    const operation = isShared ? 'shared' : made === undefined || !follows ? 'operand' : made
    steps.set(key, { key, slots, operation, inputs })
    return key
  }
  const canFollow = (slots: readonly Slot[]): boolean =>
    slots.every((slot) => slot === slots[0] && sizeAt(plan, slot) === 1) ||
    slots.every((slot, i) => sizeAt(plan, slot) === sizes[i])
  visit(members)
  const all = [...steps.values()]
  const inside = new Set(all.flatMap(({ operation, slots }) => (typeof operation === 'object' ? slots : [])))
  return { members, steps: all, outputs: outputsOf(plan, all, inside), inside }
}

/** Of what is computed together, what anything else reads. */
const outputsOf = (plan: Plan, steps: readonly LockstepStep[], inside: ReadonlySet<Slot>): ReadonlySet<string> => {
  const results = resultsOf(plan)
  const read = new Set(results)
  for (const slot of neededFor(plan, results)) {
    const instruction = plan.instructions[slot]
    if (instruction !== undefined && !inside.has(slot)) for (const input of slotsOf(instruction)) read.add(input)
  }
  const isOutput = ({ operation, slots }: LockstepStep): boolean =>
    typeof operation === 'object' && slots.some((slot) => read.has(slot))
  return new Set(steps.filter(isOutput).map(({ key }) => key))
}
