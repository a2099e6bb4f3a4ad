import type { Drawn } from '../dsl/names/drawName.ts'
import type { LayerPlace } from '../dsl/names/layerName.ts'
import type { Level } from '../dsl/terms/expression.ts'
import type { Term } from '../dsl/terms/term.ts'
import { partsOf } from '../dsl/terms/termParts.ts'
import type { Builder } from '../ir/builder.ts'
import { gradient } from '../ir/gradient.ts'
import { at } from '../ir/ops/op.ts'
import { type NodeId, type Shape, size } from '../ir/program.ts'
import { substitute } from '../ir/substitute.ts'
import { kernelsOf, kernelVariable } from './kernels.ts'
import { lowerElementwise } from './lowerElementwise.ts'
import { lowerNetwork } from './lowerNetwork.ts'
import { lowerEvery, lowerOverBatch, lowerPair } from './lowerOverBatch.ts'
import { lowerRanged } from './lowerRanged.ts'
import { lowerConcat, lowerConvolution, lowerMatmul, lowerWithin } from './lowerStructural.ts'
import type { Scope } from './scope.ts'
import { type Application, apart } from './together.ts'
import { lead, spread, type Value } from './value.ts'
import { widest } from './valueType.ts'

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
    case 'progress':
      return { level: 'batch', shape: [], node: b.div(b.step(), b.number(Math.max(1, scope.steps))) }
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
        scope.draw(
          { type: 'noise', draw: term.draw },
          [scope.batch, ...term.shape],
          term.shared ?? false,
          (stream) => ({
            type: term.distribution,
            stream,
          }),
        ),
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
    case 'ranged':
      return lowerRanged(scope, term, lower(term.of))
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

const lowerSample = (scope: Scope, { source, field, draw, shared }: Extract<Term, { op: 'sample' }>): Value => {
  const shape = scope.fields(source, field)
  const drawn: Drawn = { type: 'sample', source, draw, field }
  const node = scope.draw(drawn, [scope.batch, ...shape], shared ?? false, (stream) => ({
    type: 'source',
    source,
    field,
    stream,
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
  place: LayerPlace,
  term: Application,
  level: Level,
  shape: Shape,
): NodeId => {
  const drawn: Drawn = { type: 'layer', place, application: scope.application(term), pairs: level === 'pair' }
  return scope.draw(drawn, shape, false, (stream) => ({ type, stream }))
}

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

const lowerKernels = (scope: Scope, { network, of }: Extract<Term, { op: 'kernels' }>): Value => {
  const { builder: b } = scope
  const costs = kernelsOf(present(scope.networks, network)).map(({ name, shape, matrix }) => {
    const kernel: Value = { level: 'batch', shape: matrix, node: b.reshape(scope.state(name, shape), matrix) }
    const variables = { ...scope.variables, [kernelVariable]: kernel }
    return b.reshape(lowering({ ...scope, variables })(of).node, [])
  })
  return { level: 'batch', shape: [], node: costs.reduce((sum, cost) => b.add(sum, cost)) }
}
