import type { Arithmetic } from './arithmetic.ts'
import { keyOf } from './key.ts'
import { makeNode } from './node.ts'
import { type BinaryOp, binaryNames, type UnaryOp, unaryNames } from './ops/elementwise.ts'
import { shapeOf } from './ops/table.ts'
import { type Origin, showOrigin, unknownOrigin } from './origin.ts'
import { at, invariant } from './present.ts'
import {
  type Draw,
  type Inputs,
  type Node,
  type NodeId,
  type None,
  type Op,
  type Params,
  type Program,
  type Shape,
  sameShape,
  showShape,
  size,
  type Window,
} from './program.ts'
import { recordOf } from './recordOf.ts'
import type { Rule } from './rule.ts'

/**
 * The only way to make a program. Nodes that differ only in their origin become one node. Elementwise methods first broadcast
 * their operands to one shape, aligned at the last axis. `number` makes a scalar.
 */
export interface Builder extends Arithmetic<NodeId> {
  readonly barrier: (x: NodeId) => NodeId
  readonly node: (x: NodeId) => Node
  readonly shape: (x: NodeId) => Shape
  readonly emit: <O extends Op>(op: O, params: Params[O], inputs: Inputs<O, NodeId>) => NodeId
  /** The same builder, but with `origin` as the origin of new nodes. */
  readonly from: (origin: Origin) => Builder
  readonly constant: (shape: Shape, values: readonly number[]) => NodeId
  /** A tensor filled with one value. */
  readonly full: (shape: Shape, value: number) => NodeId
  readonly state: (name: string, shape: Shape) => NodeId
  readonly draw: (name: string, draw: Draw) => NodeId
  readonly step: () => NodeId
  readonly matmul: (
    x: NodeId,
    y: NodeId,
    transposes?: { readonly transposeA?: boolean; readonly transposeB?: boolean },
  ) => NodeId
  readonly conv2d: (x: NodeId, filter: NodeId, window: Window) => NodeId
  readonly conv2dInput: (y: NodeId, filter: NodeId, params: Params['conv2dInput']) => NodeId
  readonly conv2dFilter: (x: NodeId, y: NodeId, params: Params['conv2dFilter']) => NodeId
  /** Sums over the given axes, or all if absent, and drops them. */
  readonly sum: (x: NodeId, axes?: readonly number[]) => NodeId
  readonly mean: (x: NodeId, axes?: readonly number[]) => NodeId
  readonly max: (x: NodeId, axes?: readonly number[]) => NodeId
  readonly reshape: (x: NodeId, shape: Shape) => NodeId
  readonly transpose: (x: NodeId, permutation: readonly number[]) => NodeId
  readonly broadcast: (x: NodeId, shape: Shape) => NodeId
  readonly concat: (parts: readonly NodeId[], axis: number) => NodeId
  readonly slice: (x: NodeId, starts: readonly number[], sizes: readonly number[]) => NodeId
  readonly pad: (x: NodeId, before: readonly number[], after: readonly number[]) => NodeId
  readonly gather: (table: NodeId, indices: NodeId) => NodeId
  readonly scatter: (updates: NodeId, indices: NodeId, size: number) => NodeId
  /** A program of all nodes made so far. */
  readonly program: (ends: Pick<Program, 'writes' | 'metrics'>) => Program
}

interface Storage {
  readonly nodes: Node[]
  readonly byKey: Map<string, NodeId>
  readonly draws: Map<string, Draw>
  readonly rules: ReadonlyMap<Op, readonly Rule[]>
  /** The builders of one program, by the origin of the nodes that they make. */
  readonly views: Map<string, Builder>
}

const noParams: None = {}

/** Makes a builder that rewrites each new node by the rules, if any. */
export const createBuilder = (rules: readonly Rule[] = []): Builder => {
  const byOp = new Map<Op, Rule[]>()
  for (const rule of rules) for (const op of rule.ops) byOp.set(op, [...(byOp.get(op) ?? []), rule])
  return view({ nodes: [], byKey: new Map(), draws: new Map(), rules: byOp, views: new Map() }, unknownOrigin)
}

/** The shape to which two operands broadcast. */
export const broadcastShape = (a: Shape, b: Shape): Shape => {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a]
  const lead = long.length - short.length
  return long.map((n, axis) => {
    const m = axis < lead ? 1 : at(short, axis - lead)
    invariant(n === m || n === 1 || m === 1, () => `shapes ${showShape(a)} and ${showShape(b)} do not broadcast`)
    return n === 1 ? m : n
  })
}

const place = ({ nodes, byKey, rules }: Storage, builder: Builder, node: Node): NodeId => {
  for (const rule of rules.get(node.op) ?? []) {
    const better = rule.apply(builder, node)
    if (better !== undefined) return better
  }
  const key = `${node.op} ${node.inputs.join(' ')} ${node.params === noParams ? '' : keyOf(node.params)}`
  const known = byKey.get(key)
  if (known !== undefined) return known
  const id = (nodes.push(node) - 1) as NodeId
  byKey.set(key, id)
  return id
}

const view = (storage: Storage, origin: Origin): Builder => {
  const key = `${origin.derivative} ${showOrigin(origin)}`
  const known = storage.views.get(key)
  if (known !== undefined) return known
  const created = createView(storage, origin)
  storage.views.set(key, created)
  return created
}

const createView = (storage: Storage, origin: Origin): Builder => {
  const { nodes, draws } = storage
  const node = (x: NodeId): Node => at(nodes, x)
  const shape = (x: NodeId): Shape => node(x).shape
  const emit = <O extends Op>(op: O, params: Params[O], inputs: Inputs<O, NodeId>): NodeId =>
    place(storage, builder, makeNode({ op, params, inputs, shape: shapeOf(op, params, inputs.map(shape)), origin }))

  const broadcast = (x: NodeId, to: Shape): NodeId =>
    sameShape(shape(x), to) ? x : emit('broadcast', { shape: to }, [x])
  const unary = (op: UnaryOp | 'stopGradient' | 'barrier') => (x: NodeId) => emit(op, noParams, [x])
  const binary = (op: BinaryOp) => (x: NodeId, y: NodeId) => {
    const to = broadcastShape(shape(x), shape(y))
    return emit(op, noParams, [broadcast(x, to), broadcast(y, to)])
  }
  const axesOf = (x: NodeId, axes?: readonly number[]): readonly number[] => axes ?? shape(x).map((_, axis) => axis)
  const reduce = (op: 'sum' | 'max') => (x: NodeId, axes?: readonly number[]) => {
    const over = axesOf(x, axes)
    return over.length === 0 ? x : emit(op, { axes: over }, [x])
  }
  const constant = (to: Shape, values: readonly number[]) => emit('constant', { shape: to, values }, [])
  const number = (value: number) => constant([], [value])
  const sum = reduce('sum')

  const builder: Builder = {
    node,
    shape,
    emit,
    from: (next) => view(storage, next),
    number,
    constant,
    full: (to, value) => broadcast(number(value), to),
    state: (name, to) => emit('state', { name, shape: to }, []),
    draw: (name, draw) => {
      const known = draws.get(name)
      invariant(known === undefined || keyOf(known) === keyOf(draw), () => `two draws of the name ${name}`)
      draws.set(name, draw)
      return emit('draw', { name, shape: draw.shape }, [])
    },
    step: () => emit('step', noParams, []),
    ...recordOf(unaryNames, unary),
    ...recordOf(binaryNames, binary),
    stopGradient: unary('stopGradient'),
    barrier: unary('barrier'),
    square: (x) => emit('mul', noParams, [x, x]),
    select: (condition, x, y) => {
      const to = broadcastShape(shape(condition), broadcastShape(shape(x), shape(y)))
      return emit('select', noParams, [broadcast(condition, to), broadcast(x, to), broadcast(y, to)])
    },
    matmul: (x, y, { transposeA = false, transposeB = false } = {}) =>
      emit('matmul', { transposeA, transposeB }, [x, y]),
    conv2d: (x, filter, window) => emit('conv2d', window, [x, filter]),
    conv2dInput: (y, filter, params) => emit('conv2dInput', params, [y, filter]),
    conv2dFilter: (x, y, params) => emit('conv2dFilter', params, [x, y]),
    sum,
    mean: (x, axes) => {
      const count = size(axesOf(x, axes).map((axis) => at(shape(x), axis)))
      return builder.mul(sum(x, axes), number(1 / count))
    },
    max: reduce('max'),
    reshape: (x, to) => (sameShape(shape(x), to) ? x : emit('reshape', { shape: to }, [x])),
    transpose: (x, permutation) =>
      permutation.every((axis, i) => axis === i) ? x : emit('transpose', { permutation }, [x]),
    broadcast,
    concat: (parts, axis) => (parts.length === 1 ? at(parts, 0) : emit('concat', { axis }, parts)),
    slice: (x, starts, sizes) => (sameShape(shape(x), sizes) ? x : emit('slice', { starts, sizes }, [x])),
    pad: (x, before, after) => ([...before, ...after].every((n) => n === 0) ? x : emit('pad', { before, after }, [x])),
    gather: (table, indices) => emit('gather', noParams, [table, indices]),
    scatter: (updates, indices, rows) => emit('scatter', { size: rows }, [updates, indices]),
    program: (ends) => ({
      nodes: [...nodes],
      state: stateOf(nodes, ends.writes),
      draws: Object.fromEntries(draws),
      ...ends,
    }),
  }
  return builder
}

const stateOf = (nodes: readonly Node[], writes: Program['writes']): Program['state'] => ({
  ...Object.fromEntries(nodes.flatMap((node) => (node.op === 'state' ? [[node.params.name, node.shape]] : []))),
  ...Object.fromEntries(Object.entries(writes).map(([name, id]) => [name, at(nodes, id).shape])),
})
