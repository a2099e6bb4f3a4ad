import type { Level } from '../dsl/expression.ts'
import type { Term } from '../dsl/term.ts'
import { partsOf, type TermId } from '../dsl/termParts.ts'
import type { Rare } from '../dynamics/rare.ts'
import type { Builder } from '../ir/builder.ts'
import { gradient } from '../ir/gradient.ts'
import { at } from '../ir/ops/op.ts'
import { type BinaryOp, type DrawOrigin, type NodeId, type Shape, size, type UnaryOp } from '../ir/program.ts'
import { substitute } from '../ir/substitute.ts'
import { kernelsOf, kernelVariable } from './kernels.ts'
import { lowerNetwork } from './lowerNetwork.ts'
import type { CheckedNetwork } from './network.ts'
import { type Application, apart, type Together } from './together.ts'
import { alignable, lead, spread, type Value } from './value.ts'
import { isScalar, widest } from './valueType.ts'

/** Where a term is lowered: the builder, and what the names in the term stand for. */
export interface Scope {
  readonly builder: Builder
  readonly batch: number
  readonly networks: { readonly [name: string]: CheckedNetwork }
  /** The shapes of the sources' fields. */
  readonly fields: (source: string, field: string) => Shape
  readonly training: (network: string) => boolean
  /** The value of a parameter or slot at the point where the term is evaluated, by its name in the game. */
  readonly state: (name: string, shape: Shape) => NodeId
  readonly draw: (name: string, shape: Shape, shared: boolean, origin: (stream: string) => DrawOrigin) => NodeId
  readonly given: (name: string, shape: Shape) => NodeId
  /** What a layer would have its slot become. */
  readonly feed: (slot: string, value: NodeId) => void
  /** What a slot of the term becomes. */
  readonly write: (slot: string, value: NodeId) => void
  /** The name in the game of a slot of the term, and the shape of one that says none. */
  readonly slotName: (slot: string) => string
  readonly slotShape: Shape
  readonly variables: { readonly [name: string]: Value }
  /** The name of an application of a network: those of one name have the same dropout masks. */
  readonly application: (term: Application) => string
  readonly together: Together
  /** In an optimizer: the sum of a number over all parameters that it moves. */
  readonly acrossParameters: (of: Term) => NodeId
  /** Whether what is done only at some steps is done in this program. */
  readonly due: (rare: Rare) => boolean
  readonly identify: (term: Term) => TermId
  /** Terms that stand for nodes of their own while a gradient is taken by them. */
  readonly bound: ReadonlyMap<TermId, Value>
  /** What a node made for a term says that it comes from. */
  readonly origin: (term: Term) => string
}

/** Writes a term's operations; a function, so that terms that occur twice are written once. */
export const lowering = (scope: Scope): ((term: Term) => Value) => {
  const done = new Map<Term, Value>()
  const lower = (term: Term): Value => {
    const known = done.get(term) ?? (scope.bound.size > 0 ? scope.bound.get(scope.identify(term)) : undefined)
    if (known !== undefined) return known
    const value = lowerOp({ ...scope, builder: scope.builder.from(scope.origin(term)) }, term, lower)
    done.set(term, value)
    return value
  }
  return lower
}

type Lower = (term: Term) => Value

const lowerOp = (scope: Scope, term: Term, lower: Lower): Value => {
  const { builder: b } = scope
  switch (term.op) {
    case 'number':
      return { level: 'batch', shape: [], node: b.number(term.value) }
    case 'tensor':
      return { level: 'batch', shape: term.shape, node: b.constant(term.shape, term.values) }
    case 'step':
      return { level: 'batch', shape: [], node: b.step() }
    case 'index':
      return perSample([], numbered(b, scope.batch))
    case 'variable':
      return named(scope.variables, term.name)
    case 'previous':
      return named(scope.variables, previousName(term.slot))
    case 'given':
      return perSample(term.shape, scope.given(term.name, [scope.batch, ...term.shape]))
    case 'sample':
      return lowerSample(scope, term)
    case 'noise':
      return perSample(
        term.shape,
        scope.draw(`noise/${term.draw}`, [scope.batch, ...term.shape], term.shared ?? false, (stream) => ({
          type: term.distribution,
          stream,
        })),
      )
    case 'apply':
      return lowerApply(scope, term, lower)
    case 'slot':
      return lowerSlot(scope, term)
    case 'grad':
      return lowerGrad(scope, term, lower)
    case 'E':
    case 'largest':
      return lowerOverBatch(scope, term.op, lower(term.of))
    case 'every':
      return lowerEvery(scope, term, lower)
    case 'kernels':
      return lowerKernels(scope, term)
    case 'acrossParameters':
      return { level: 'batch', shape: [], node: scope.acrossParameters(term.of) }
    case 'pair':
      return lowerPair(scope, lower(term.of))
    case 'sum':
    case 'mean':
    case 'max':
    case 'reshape':
    case 'broadcast':
    case 'transpose':
    case 'slice':
    case 'pad':
      return lowerWithin(scope, term, lower(term.of))
    case 'concat':
      return lowerConcat(scope, term.axis, term.parts.map(lower))
    case 'matmul':
      return lowerMatmul(scope, term, lower(term.left), lower(term.right))
    case 'conv2d':
    case 'conv2dInput':
    case 'conv2dFilter':
      return lowerConvolution(scope, term, lower(term.left), lower(term.right).node)
    case 'gather': {
      const [table, indices] = [lower(term.table), lower(term.indices)]
      const shape = [...indices.shape, ...table.shape.slice(1)]
      return { level: indices.level, shape, node: b.gather(table.node, indices.node) }
    }
    case 'scatter': {
      const [updates, indices] = [lower(term.updates), lower(term.indices)]
      const node = b.scatter(updates.node, indices.node, term.size)
      return { level: 'batch', shape: b.shape(node), node }
    }
    default:
      return lowerElementwise(scope, term, Object.values(partsOf(term)).map(lower))
  }
}

const perSample = (shape: Shape, node: NodeId): Value => ({ level: 'sample', shape, node })

const numbered = (b: Builder, batch: number): NodeId =>
  b.constant(
    [batch],
    Array.from({ length: batch }, (_, i) => i),
  )

const named = (variables: Scope['variables'], name: string): Value => {
  const value = variables[name]
  if (value === undefined) throw new Error(`broken invariant: ${name} is not bound`)
  return value
}

const previousName = (slot: string): string => `previous ${slot}`

type Elementwise = Extract<Term, { readonly op: UnaryOp | BinaryOp | 'square' | 'stopGradient' | 'select' }>

const lowerElementwise = (scope: Scope, term: Elementwise, operands: readonly Value[]): Value => {
  const { builder: b, batch } = scope
  const level = widest(operands.map((operand) => operand.level))
  const shape = operands.map((operand) => operand.shape).reduce(wider)
  const nodes = operands.map((operand) => alignable(b, operand, level, shape, batch))
  const node = elementwiseNode(b, term, nodes)
  return { level, shape, node: b.broadcast(node, [...lead(level, batch), ...shape]) }
}

/** Of two shapes that combine: the one that is no single number, else the one of more axes. */
const wider = (a: Shape, b: Shape): Shape => {
  if (size(a) !== size(b)) return size(a) > size(b) ? a : b
  return a.length >= b.length ? a : b
}

const elementwiseNode = (b: Builder, term: Elementwise, operands: readonly NodeId[]): NodeId => {
  if (term.op === 'select') return b.select(at(operands, 0), at(operands, 1), at(operands, 2))
  return 'of' in term ? b[term.op](at(operands, 0)) : b[term.op](at(operands, 0), at(operands, 1))
}

const lowerSample = (scope: Scope, { source, field, draw, shared }: Extract<Term, { op: 'sample' }>): Value => {
  const shape = scope.fields(source, field)
  const name = draw === undefined ? source : `${source}:${draw}`
  const node = scope.draw(`${name}.${field}`, [scope.batch, ...shape], shared ?? false, (stream) => ({
    type: 'source',
    source,
    field,
    // All fields of one draw come from one stream: a label belongs to its sample.
    stream: stream.slice(0, -field.length - 1),
  }))
  return perSample(shape, node)
}

/** An application, with those whose samples are computed in the same batch. */
const lowerApply = (scope: Scope, term: Application, lower: Lower): Value => {
  const { builder: b, batch } = scope
  const network = scope.networks[term.network]
  if (network === undefined) throw new Error(`broken invariant: no network ${term.network}`)
  const group = scope.together(term)
  const given = group.map(({ inputs }) =>
    Object.fromEntries(Object.entries(inputs).map(([name, of]) => [name, lower(of)])),
  )
  const level = widest([
    ...(Object.keys(network.inputs).length === 0 ? [] : ['sample' as const]),
    ...given.flatMap((inputs) => Object.values(inputs).map((value) => value.level)),
  ])
  const count = size(lead(level, batch))
  const inputs = Object.entries(network.inputs).map(([name, shape]) => {
    const rows = given.map((values) =>
      b.reshape(spread(b, present(values, name), level, shape, batch), [count, ...shape]),
    )
    return [name, b.concat(rows, 0)] as const
  })
  const outputs = lowerNetwork(network, {
    builder: b,
    origin: scope.origin(term),
    batch: count * group.length,
    training: scope.training(term.network),
    inputs: Object.fromEntries(inputs),
    state: scope.state,
    feed: scope.feed,
    random: (distribution, layer, [rows = 1, ...shape]) =>
      b.concat(
        group.map((each) => layerDraw(scope, distribution, layer, each, level, [rows / group.length, ...shape])),
        0,
      ),
    expression: (expression, t, origin) => lowerOfOne({ ...scope, origin: () => origin }, expression, t),
  })
  const output = present(outputs, term.output ?? '')
  const [own = 1, ...shape] = b.shape(output)
  const full = own === count * group.length ? output : b.broadcast(output, [count, ...shape])
  const zeros = shape.map(() => 0)
  const part = b.slice(full, [group.indexOf(term) * count, ...zeros], [count, ...shape])
  return { level, shape, node: b.reshape(part, [...lead(level, batch), ...shape]) }
}

const present = <A>(named: { readonly [name: string]: A }, name: string): A => {
  const found = named[name]
  if (found === undefined) throw new Error(`broken invariant: no value ${name}`)
  return found
}

/** The numbers that a layer draws in an application of its network. */
const layerDraw = (
  scope: Scope,
  type: 'uniform' | 'normal',
  layer: string,
  term: Application,
  level: Level,
  shape: Shape,
): NodeId =>
  scope.draw(`${layer}:${scope.application(term)}${level === 'pair' ? ':pair' : ''}`, shape, false, (stream) => ({
    type,
    stream,
  }))

/** An expression of `t` alone, applied element by element. */
const lowerOfOne = (scope: Scope, expression: Term, t: NodeId): NodeId => {
  const value: Value = { level: 'batch', shape: scope.builder.shape(t), node: t }
  const inner = { ...scope, variables: { t: value }, bound: new Map() }
  return scope.builder.broadcast(lowering(inner)(expression).node, scope.builder.shape(t))
}

const lowerSlot = (scope: Scope, term: Extract<Term, { op: 'slot' }>): Value => {
  const shape = term.shape ?? scope.slotShape
  const name = scope.slotName(term.name)
  const value: Value = { level: 'batch', shape, node: scope.state(name, shape) }
  const variables = { ...scope.variables, [previousName(term.name)]: value }
  const update = lowering({ ...scope, variables })(term.update)
  scope.write(name, spread(scope.builder, update, 'batch', shape, scope.batch))
  return value
}

/**
 * The gradient is taken by an opaque copy of `by`, for rewriting must not lose it (log(sigmoid(u)) no longer mentions
 * sigmoid(u)); then the copy gives way to the original, and what has become clear is made stable before any outer gradient.
 * Layers are not fed from here: batch statistics are those of a network's plain applications.
 */
const lowerGrad = (scope: Scope, term: Extract<Term, { op: 'grad' }>, lower: Lower): Value => {
  const { builder: b } = scope
  const by = lower(term.by)
  const copy = b.barrier(by.node)
  const bound = new Map([...scope.bound, [scope.identify(term.by), { ...by, node: copy }]])
  const ignore = (): void => {}
  const of = lowering({ ...scope, bound, feed: ignore, together: apart })(term.of)
  const slope = at(gradient(b, of.node, [copy]), 0)
  return { ...by, node: substitute(b, slope, copy, by.node) }
}

const lowerOverBatch = ({ builder: b, batch }: Scope, op: 'E' | 'largest', of: Value): Value => {
  const shape = isScalar(of.shape) ? [] : of.shape
  const values = b.reshape(of.node, [...lead(of.level, batch), ...shape])
  const reduce = op === 'E' ? b.mean : b.max
  return of.level === 'pair'
    ? { level: 'sample', shape, node: reduce(values, [1]) }
    : { level: 'batch', shape, node: reduce(values, [0]) }
}

const lowerEvery = (scope: Scope, { period, of }: Extract<Term, { op: 'every' }>, lower: Lower): Value => {
  const { builder: b } = scope
  if (!scope.due({ every: period, offset: 0 })) return { level: 'batch', shape: [], node: b.number(0) }
  return { level: 'batch', shape: [], node: b.mul(b.reshape(lower(of).node, []), b.number(period)) }
}

const lowerKernels = (scope: Scope, { network, of }: Extract<Term, { op: 'kernels' }>): Value => {
  const { builder: b } = scope
  const costs = kernelsOf(present(scope.networks, network)).map(({ name, shape, matrix }) => {
    const kernel: Value = { level: 'batch', shape: matrix, node: b.reshape(scope.state(name, shape), matrix) }
    const variables = { ...scope.variables, [kernelVariable]: kernel }
    return b.reshape(lowering({ ...scope, variables })(of).node, [])
  })
  return { level: 'batch', shape: [], node: costs.reduce((sum, cost) => b.add(sum, cost)) }
}

const lowerPair = ({ builder: b, batch }: Scope, of: Value): Value => {
  const front = of.level === 'sample' ? [1, batch] : []
  const node = b.broadcast(b.reshape(of.node, [...front, ...of.shape]), [batch, batch, ...of.shape])
  return { level: 'pair', shape: of.shape, node }
}

type Within = Extract<
  Term,
  { readonly op: 'sum' | 'mean' | 'max' | 'reshape' | 'broadcast' | 'transpose' | 'slice' | 'pad' }
>

/** An op on each value: its axes and shapes stand behind those of the batch. */
const lowerWithin = ({ builder: b, batch }: Scope, term: Within, of: Value): Value => {
  const front = lead(of.level, batch)
  const zeros = front.map(() => 0)
  const node = ((): NodeId => {
    switch (term.op) {
      case 'sum':
      case 'mean':
      case 'max':
        return b[term.op](
          of.node,
          (term.axes ?? of.shape.map((_, axis) => axis)).map((axis) => axis + front.length),
        )
      case 'reshape':
        return b.reshape(of.node, [...front, ...term.shape])
      case 'broadcast':
        return b.broadcast(
          b.reshape(of.node, [...front, ...term.shape.slice(of.shape.length).map(() => 1), ...of.shape]),
          [...front, ...term.shape],
        )
      case 'transpose':
        return b.transpose(of.node, [...front.map((_, i) => i), ...term.permutation.map((axis) => axis + front.length)])
      case 'slice':
        return b.slice(of.node, [...zeros, ...term.starts], [...front, ...term.sizes])
      case 'pad':
        return b.pad(of.node, [...zeros, ...term.before], [...zeros, ...term.after])
    }
  })()
  return { level: of.level, shape: b.shape(node).slice(front.length), node }
}

const lowerConcat = ({ builder: b, batch }: Scope, axis: number, parts: readonly Value[]): Value => {
  const level = widest(parts.map((part) => part.level))
  const front = lead(level, batch)
  const nodes = parts.map((part) => spread(b, part, level, part.shape, batch))
  const node = b.concat(nodes, axis + front.length)
  return { level, shape: b.shape(node).slice(front.length), node }
}

const lowerMatmul = (
  { builder: b, batch }: Scope,
  term: Extract<Term, { op: 'matmul' }>,
  left: Value,
  right: Value,
): Value => {
  const level = widest([left.level, right.level])
  const [x, y] = [left, right].map((value) => spread(b, value, level, value.shape, batch))
  if (x === undefined || y === undefined) throw new Error('broken invariant: matmul of two')
  const node = b.matmul(x, y, { transposeA: term.transposeLeft, transposeB: term.transposeRight })
  return { level, shape: b.shape(node).slice(lead(level, batch).length), node }
}

/** Images per sample or per pair are one batch of images to the convolution. */
const lowerConvolution = (
  { builder: b, batch }: Scope,
  term: Extract<Term, { op: 'conv2d' | 'conv2dInput' | 'conv2dFilter' }>,
  left: Value,
  right: NodeId,
): Value => {
  const window = { strides: term.strides, padding: term.padding }
  const params = { ...window, size: term.size ?? [1, 1] }
  const front = lead(left.level, batch)
  const images = left.level === 'batch' ? left.node : b.reshape(left.node, [size(front), ...left.shape])
  if (term.op === 'conv2dFilter') {
    const filter = b.conv2dFilter(images, right, params)
    return { level: 'batch', shape: b.shape(filter), node: filter }
  }
  const made = term.op === 'conv2d' ? b.conv2d(images, right, window) : b.conv2dInput(images, right, params)
  const shape = left.level === 'batch' ? b.shape(made) : b.shape(made).slice(1)
  return { level: left.level, shape, node: b.reshape(made, [...front, ...shape]) }
}
