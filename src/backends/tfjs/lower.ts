import { showOrigin } from '../../ir/origin.ts'
import { type NodeId, type Program, size } from '../../ir/program.ts'
import type { Differences } from './differences.ts'
import { call, createEmitter, type Emitter } from './emitter.ts'
import type { Scope, Value } from './lowering.ts'
import { expand } from './lowerings/movement.ts'
import { lowerNode } from './lowerings/table.ts'
import type { Plan, Slot } from './plan.ts'

const found = <A>(list: readonly A[], place: number): A => {
  const item = list[place]
  if (item === undefined) throw new Error(`node ${place} is read before it is made`)
  return item
}

const scopeOf = (emitter: Emitter, program: Program, values: readonly Value[], origin: string): Scope => {
  const scope: Scope = {
    kernel: (name, inputs, attributes, shape) => ({
      slot: emitter.emit(call(name, inputs, attributes, shape, origin)),
      shape,
    }),
    constant: (shape, numbers) => ({ slot: emitter.emit({ type: 'constant', shape, values: numbers, origin }), shape }),
    leaf: (type, name, shape) => ({ slot: emitter.emit({ type, name, shape, origin }), shape }),
    step: () => ({ slot: emitter.emit({ type: 'step', shape: [], origin }), shape: [] }),
    producer: emitter.at,
    value: (id) => found(values, id),
    whole: (id) => expand(scope, found(values, id), found(program.nodes, id).shape),
  }
  return scope
}

/** Lowers a program to tfjs kernels. */
export const lower = (program: Program, differences: Differences): Plan => {
  const emitter = createEmitter()
  const values: Value[] = []
  for (const node of program.nodes)
    values.push(lowerNode(node, scopeOf(emitter, program, values, showOrigin(node.origin)), differences))
  const whole = (id: NodeId, role: string): Value => scopeOf(emitter, program, values, role).whole(id)
  const taken = new Set<Slot>()
  const written = (name: string, id: NodeId): Slot => {
    const { slot, shape } = whole(id, `state ${name}`)
    const made = emitter.at(slot)
    // A reshaped tensor shares its data with another.
    const isFree = made.type === 'call' && made.kernel !== 'Reshape' && !taken.has(slot)
    const own = isFree ? slot : emitter.own(call('Identity', { x: slot }, {}, shape, `state ${name}`))
    taken.add(own)
    return own
  }
  const reported = (name: string, id: NodeId): Slot => {
    const { slot, shape } = whole(id, `metric ${name}`)
    return emitter.own(call('Reshape', { x: slot }, { shape: [size(shape)] }, [size(shape)], `metric ${name}`))
  }
  const named = (ends: Program['writes'], make: (name: string, id: NodeId) => Slot) =>
    Object.fromEntries(Object.entries(ends).map(([name, id]) => [name, make(name, id)]))
  const writes = named(program.writes, written)
  const metrics = named(program.metrics, reported)
  return { instructions: emitter.instructions(), writes, metrics }
}
