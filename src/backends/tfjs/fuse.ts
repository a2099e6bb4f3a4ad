import { type Shape, sameShape, size } from '../../ir/program.ts'
import type { FusedActivation } from './differences.ts'
import { call, createEmitter, type Emitter } from './emitter.ts'
import type { Attributes } from './kernelCall.ts'
import { type Call, instructionAt, mapInputs, type Plan, type Slot, slotsOf } from './plan.ts'
import { neededFor, resultsOf } from './schedule.ts'

/** A product or a convolution, the bias that is added to it, and the activation of the sum. */
interface Fusion {
  readonly first: Call
  readonly bias: Slot
  readonly activation: FusedActivation
  readonly alpha: number
}

const activations: { readonly [kernel: string]: FusedActivation } = { Relu: 'relu', LeakyRelu: 'leakyrelu' }

const callAt = (plan: Plan, slot: Slot): Call | undefined => {
  const instruction = plan.instructions[slot]
  return instruction?.type === 'call' ? instruction : undefined
}

/** How often each value is read, by needed instructions and as a result. */
const readers = (plan: Plan, needed: Iterable<Slot>): ReadonlyMap<Slot, number> => {
  const counts = new Map<Slot, number>()
  const count = (slot: Slot): void => {
    counts.set(slot, (counts.get(slot) ?? 0) + 1)
  }
  for (const slot of needed) {
    const instruction = plan.instructions[slot]
    if (instruction !== undefined) for (const input of slotsOf(instruction)) count(input)
  }
  for (const result of resultsOf(plan)) count(result)
  return counts
}

const keepsSign = ({ kernel, attributes }: Call): boolean =>
  kernel === 'Relu' || (kernel === 'LeakyRelu' && Number(attributes.alpha) >= 0)

/** The value that a call compares with 0. */
const asked = (plan: Plan, { kernel, inputs }: Call): Slot | undefined => {
  const [x, bound] = Object.values(inputs)
  const against = plan.instructions[bound ?? 0]
  const isZero = against?.type === 'constant' && against.values.every((value) => value === 0)
  return kernel === 'Step' || (kernel === 'Greater' && isZero) ? x : undefined
}

/**
 * A derivative tests whether the input of an activation is positive, which is equivalent to testing its output. Testing the output means
 * that the input need not be kept.
 */
const askActivated = (plan: Plan): Plan => {
  const activated = new Map<Slot, Slot>()
  const instructions = plan.instructions.map((instruction, slot) => {
    if (instruction.type !== 'call') return instruction
    const [x] = slotsOf(instruction)
    if (x !== undefined && keepsSign(instruction)) activated.set(x, slot)
    const from = asked(plan, instruction)
    const to = from === undefined ? undefined : activated.get(from)
    return to === undefined
      ? instruction
      : { ...instruction, inputs: mapInputs(instruction.inputs, (input) => (input === from ? to : input)) }
  })
  return { ...plan, instructions }
}

/** What reshapes show in another shape. */
const reshaped = (plan: Plan, slot: Slot): Slot => {
  const by = callAt(plan, slot)
  return by?.kernel === 'Reshape' ? reshaped(plan, slotsOf(by)[0] ?? slot) : slot
}

/** WebAssembly's kernels look at the original shape of a bias, even after a reshape. */
const isBias = (plan: Plan, slot: Slot, channels: number): boolean => {
  const { shape } = instructionAt(plan, slot)
  const { shape: made } = instructionAt(plan, reshaped(plan, slot))
  return size(shape) === channels && (shape.at(-1) ?? 1) === channels && made.length === 1
}

const hasBias = (plan: Plan, slot: Slot, single: (slot: Slot) => boolean): Fusion | undefined => {
  const sum = callAt(plan, slot)
  if (sum?.kernel !== 'Add') return undefined
  const [left = slot, right = slot] = slotsOf(sum)
  for (const [place, bias] of [
    [left, right],
    [right, left],
  ] as const) {
    const first = callAt(plan, place)
    const fusable = first?.kernel === 'Conv2D' || (first?.kernel === 'BatchMatMul' && first.shape.length === 2)
    if (first === undefined || !fusable || !single(place) || !sameShape(first.shape, sum.shape)) continue
    if (isBias(plan, bias, first.shape.at(-1) ?? 1)) return { first, bias, activation: 'linear', alpha: 0 }
  }
  return undefined
}

const fusionAt = (plan: Plan, slot: Slot, single: (slot: Slot) => boolean): Fusion | undefined => {
  const last = callAt(plan, slot)
  const activation = activations[last?.kernel ?? '']
  if (last === undefined || activation === undefined) return hasBias(plan, slot, single)
  const [sum = slot] = slotsOf(last)
  const found = single(sum) ? hasBias(plan, sum, single) : undefined
  const alpha = Number(last.attributes.alpha ?? 0)
  return found === undefined ? undefined : { ...found, activation, alpha }
}

const cube = (shape: Shape): Shape => [1, ...shape]

/** WebAssembly's fused product accepts only operands with three axes. */
const emitProduct = (emitter: Emitter, first: Call, bias: Slot, attributes: Attributes): Slot => {
  const [a, b] = slotsOf(first).map((slot) => emitReshape(emitter, slot, cube(emitter.at(slot).shape), first.origin))
  const inputs = { a: a ?? 0, b: b ?? 0, bias }
  const made = emitter.emit(call('_FusedMatMul', inputs, attributes, cube(first.shape), first.origin))
  return emitReshape(emitter, made, first.shape, first.origin)
}

const emitReshape = (emitter: Emitter, x: Slot, shape: Shape, origin: string): Slot =>
  sameShape(emitter.at(x).shape, shape) ? x : emitter.emit(call('Reshape', { x }, { shape }, shape, origin))

const emitFusion = (emitter: Emitter, { first, bias, activation, alpha }: Fusion): Slot => {
  const vector = emitReshape(emitter, bias, [first.shape.at(-1) ?? 1], first.origin)
  const attributes = { ...first.attributes, activation, leakyreluAlpha: alpha }
  return first.kernel === 'BatchMatMul'
    ? emitProduct(emitter, first, vector, attributes)
    : emitter.emit(call('FusedConv2D', { ...first.inputs, bias: vector }, attributes, first.shape, first.origin))
}

const moved = (places: ReadonlyMap<Slot, Slot>, slot: Slot): Slot => {
  const place = places.get(slot)
  if (place === undefined) throw new Error(`broken invariant: slot ${slot} is read before it is made`)
  return place
}

/** Fuses products and convolutions with their bias and activation, if nothing else reads the intermediate values. */
export const fuse = (plan: Plan, kinds: readonly FusedActivation[]): Plan => {
  if (kinds.length === 0) return plan
  const from = askActivated(plan)
  const results = new Set(resultsOf(from))
  const needed = [...neededFor(from, [...results])].sort((a, b) => a - b)
  const counts = readers(from, needed)
  const emitter = createEmitter()
  const places = new Map<Slot, Slot>()
  const to = (slot: Slot): Slot => moved(places, slot)
  for (const slot of needed) {
    const instruction = from.instructions[slot]
    if (instruction === undefined) continue
    const fusion = fusionAt(from, slot, (read) => counts.get(read) === 1)
    if (fusion !== undefined && kinds.includes(fusion.activation)) {
      const first = { ...fusion.first, inputs: mapInputs(fusion.first.inputs, to) }
      places.set(slot, emitFusion(emitter, { ...fusion, first, bias: to(fusion.bias) }))
    } else if (instruction.type === 'call') {
      const next = { ...instruction, inputs: mapInputs(instruction.inputs, to) }
      places.set(slot, results.has(slot) ? emitter.own(next) : emitter.emit(next))
    } else places.set(slot, emitter.emit(instruction))
  }
  const ends = (named: Plan['writes']) =>
    Object.fromEntries(Object.entries(named).map(([name, slot]) => [name, to(slot)]))
  return { instructions: emitter.instructions(), writes: ends(plan.writes), metrics: ends(plan.metrics) }
}
