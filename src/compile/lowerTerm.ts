import { type Results, resultsByMeaning } from '../dsl/terms/freeNames.ts'
import type { LowerContext } from '../dsl/terms/lowerContext.ts'
import { definitionOf, type Term } from '../dsl/terms/term.ts'
import type { Value } from '../dsl/terms/value.ts'
import { gradient } from '../ir/gradient.ts'
import { at, present } from '../ir/present.ts'
import type { NodeId } from '../ir/program.ts'
import { substitute } from '../ir/substitute.ts'
import { separateApplications } from './batchedApplications.ts'
import { kernelsOf } from './kernels.ts'
import { lowerApply } from './lowerApply.ts'
import { dependsOnStepAlone } from './overSteps.ts'
import type { Scope } from './scope.ts'

/** Writes a term's operations; a function, so that terms that occur twice are written once. */
export const lowering = (scope: Scope): Lower => loweringWithin(scope, resultsByMeaning(scope.freeNames))

/** The same, where the results of terms are kept for scopes that differ in their variables alone. */
const loweringWithin = (scope: Scope, done: Results<Value>): Lower => {
  const meaning = (name: string): string => {
    const { level, node } = present(scope.variables[name], `variable ${name}`)
    return `${level} ${node}`
  }
  const write = (term: Term): Value => {
    const known = scope.bound.size > 0 ? scope.bound.get(scope.identify(term)) : undefined
    if (known !== undefined) return known
    const own = { ...scope, builder: scope.builder.from(scope.origin(term)) }
    return definitionOf(term).lower(term, contextOf(own, lower, done))
  }
  const lower = (term: Term): Value => done.at(term, meaning, () => write(term))
  return lower
}

type Lower = (term: Term) => Value

/** What the definitions of terms write with, in a scope. */
const contextOf = (scope: Scope, lower: Lower, done: Results<Value>): LowerContext => ({
  builder: scope.builder,
  batch: scope.batch,
  steps: scope.steps,
  lower,
  lowerWith: (part, variables) =>
    loweringWithin({ ...scope, variables: { ...scope.variables, ...variables } }, done)(part),
  variable: (name) => present(scope.variables[name], `variable ${name}`),
  fields: scope.fields,
  draw: scope.draw,
  given: scope.given,
  slot: (name, shape) => scope.state(scope.slotName(name), shape),
  slotShape: scope.slotShape,
  write: (slot, value) => scope.write(scope.slotName(slot), value),
  apply: (term) =>
    lowerApply(scope, term, lower, (expression, t, origin) =>
      lowerOfOne({ ...scope, origin: () => origin }, expression, t),
    ),
  perKernel: (network, cost) => perKernel(scope, network, cost),
  slope: (of, by) => slopeOf(scope, of, by, lower),
  overParameters: scope.overParameters,
  due: (period) => scope.due({ every: period, offset: 0 }),
  dependsOnStepAlone,
})

/** An expression of `t` alone, applied element by element. */
const lowerOfOne = (scope: Scope, expression: Term, t: NodeId): NodeId => {
  const value: Value = { level: 'batch', shape: scope.builder.shape(t), node: t }
  const inner = { ...scope, variables: { t: value }, bound: new Map() }
  return scope.builder.broadcast(lowering(inner)(expression).node, scope.builder.shape(t))
}

/**
 * The gradient is taken by an opaque copy of the variable, for rewriting must not lose it (log(sigmoid(u)) no longer mentions
 * sigmoid(u)); then the copy gives way to the original, and what has become clear is made stable before any outer gradient.
 * Layers are not fed from here: batch statistics are those of a network's plain applications.
 */
const slopeOf = (scope: Scope, term: Term, variable: Term, lower: Lower): Value => {
  const { builder: b } = scope
  const by = lower(variable)
  const copy = b.barrier(by.node)
  const bound = new Map([...scope.bound, [scope.identify(variable), { ...by, node: copy }]])
  const ignore = (): void => {}
  const of = lowering({ ...scope, bound, feed: ignore, batchedApplications: separateApplications })(term)
  const slope = at(gradient(b, of.node, [copy]), 0)
  return { ...by, node: substitute(b, slope, copy, by.node) }
}

const perKernel = (
  { builder: b, networks, state }: Scope,
  network: string,
  cost: (kernel: Value) => NodeId,
): readonly NodeId[] =>
  kernelsOf(present(networks[network], `network ${network}`)).map(({ name, shape, matrix }) =>
    cost({ level: 'batch', shape: matrix, node: b.reshape(state(name, shape), matrix) }),
  )
