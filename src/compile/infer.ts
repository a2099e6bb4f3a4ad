import { type Problem, type SpecError, specError } from '../dsl/errors.ts'
import type { Shapes } from '../dsl/shape.ts'
import type { Term } from '../dsl/term.ts'
import { identifier, partsOf, subterms } from '../dsl/termParts.ts'
import { type Shape, sameShape, showShape } from '../ir/program.ts'
import { type CheckedNetwork, endsInSigmoid } from './network.ts'
import { structuralShape } from './structural.ts'
import { describe, isScalar, type ValueType, widest } from './valueType.ts'

export interface SlotUse {
  readonly name: string
  readonly shape: Shape
  readonly initial: number
}

/** What a term may mention where it stands. */
export interface Names {
  readonly networks: { readonly [name: string]: CheckedNetwork }
  readonly sources: { readonly [name: string]: Shapes }
  readonly variables: { readonly [name: string]: ValueType }
  /** The shape of a slot that says none. */
  readonly slotShape: Shape
  /** Whether values that the host gives may occur: when a trained network is asked, never in a game. */
  readonly given: boolean
}

export interface Inferred {
  /** Absent where something is wrong. */
  readonly type: ValueType | undefined
  readonly errors: readonly SpecError[]
  readonly slots: readonly SlotUse[]
}

/** The shape of an elementwise result: equal shapes, or a single number beside any. */
const joinShapes = (shapes: readonly Shape[]): Shape | undefined =>
  shapes.reduce<Shape | undefined>((joined, shape) => {
    if (joined === undefined) return undefined
    if (sameShape(joined, shape)) return joined
    if (isScalar(joined)) return joined.length > shape.length ? joined : shape
    return isScalar(shape) ? joined : undefined
  }, [])

const problem = (expected: string, found: string, hint: string): Problem => ({ expected, found, hint })

const nearby = (kind: string, known: readonly string[]): string =>
  known.length === 0 ? `this game has no ${kind}` : `this game has ${known.map((name) => `'${name}'`).join(', ')}`

/** The type of a term, everything that is wrong with it, and the memory that it uses. */
export const infer = (term: Term, names: Names, path: readonly string[]): Inferred => {
  const errors: SpecError[] = []
  const slots = new Map<string, SlotUse>()
  const known = new Map<Term, ValueType | undefined>()

  const visit = (each: Term, at: readonly string[], previous: SlotUse | undefined): ValueType | undefined => {
    // A slot's update means something only within its slot, so only terms outside of one are remembered.
    if (previous === undefined && known.has(each)) return known.get(each)
    const result = typeOf(each, at, previous)
    if (previous === undefined) known.set(each, result)
    return result
  }
  const fail = (at: readonly string[], what: Problem): undefined => {
    errors.push(specError(at, what))
    return undefined
  }

  const typeOf = (each: Term, at: readonly string[], previous: SlotUse | undefined): ValueType | undefined => {
    if (each.op === 'slot') return slot(each, at)
    if (each.op === 'previous')
      return previous?.name === each.slot
        ? { level: 'batch', shape: previous.shape }
        : fail(
            at,
            problem(
              `slot '${each.slot}' around its previous value`,
              'none',
              'previous stands within the slot’s update',
            ),
          )
    const parts = Object.entries(partsOf(each)).map(
      ([part, inner]) => [part, visit(inner, [...at, ...part.split('.')], previous)] as const,
    )
    const types = Object.fromEntries(parts.flatMap(([part, type]) => (type === undefined ? [] : [[part, type]])))
    if (Object.keys(types).length < parts.length) return undefined
    const result = rule(each, types, names)
    return 'expected' in result ? fail(at, result) : result
  }

  const slot = (each: Extract<Term, { op: 'slot' }>, at: readonly string[]): ValueType | undefined => {
    const use: SlotUse = { name: each.name, shape: each.shape ?? names.slotShape, initial: each.initial }
    const other = slots.get(each.name)
    if (other !== undefined && (!sameShape(other.shape, use.shape) || other.initial !== use.initial))
      return fail(
        at,
        problem(`one slot '${each.name}'`, 'two of other shapes or initial values', 'give one of them another name'),
      )
    slots.set(each.name, use)
    const update = visit(each.update, [...at, 'update'], use)
    if (update === undefined) return undefined
    if (
      update.level !== 'batch' ||
      joinShapes([use.shape, update.shape]) === undefined ||
      update.shape.length > use.shape.length
    )
      return fail(
        [...at, 'update'],
        problem(
          `a constant of shape ${showShape(use.shape)}`,
          describe(update),
          'reduce it with E, or give the slot this shape',
        ),
      )
    return { level: 'batch', shape: use.shape }
  }

  const type = visit(term, path, undefined)
  return { type, errors, slots: [...slots.values()] }
}

type Types = { readonly [part: string]: ValueType }

const rule = (term: Term, types: Types, names: Names): ValueType | Problem => {
  switch (term.op) {
    case 'number':
    case 'step':
      return { level: 'batch', shape: [] }
    case 'tensor':
      return { level: 'batch', shape: term.shape }
    case 'variable':
      return (
        names.variables[term.name] ??
        problem(
          'a variable that is bound here',
          `'${term.name}'`,
          `bound here: ${Object.keys(names.variables).join(', ') || 'none'}`,
        )
      )
    case 'noise':
      return { level: 'sample', shape: term.shape }
    case 'given':
      return names.given
        ? { level: 'sample', shape: term.shape }
        : problem('draws and networks', `the given value '${term.name}'`, 'draw it from a source of the game')
    case 'sample':
      return sampleType(term, names)
    case 'apply':
      return applyType(term, types, names)
    case 'grad':
      return gradType(term, types)
    case 'E':
      return averageType(types.of)
    case 'pair':
      return types.of?.level === 'pair'
        ? problem('a value per sample', 'one per pair', 'pair reads the other sample of a value that varies by sample')
        : { level: 'pair', shape: types.of?.shape ?? [] }
    case 'sum':
    case 'mean':
    case 'max':
    case 'matmul':
    case 'conv2d':
    case 'conv2dInput':
    case 'conv2dFilter':
    case 'reshape':
    case 'broadcast':
    case 'transpose':
    case 'concat':
    case 'slice':
    case 'pad':
    case 'gather':
    case 'scatter':
      return structuralShape(term, types)
    case 'sigmoid':
      return sigmoidType(term.of, types, names)
    default:
      return elementwiseType(types)
  }
}

const elementwiseType = (types: Types): ValueType | Problem => {
  const all = Object.values(types)
  const shape = joinShapes(all.map((type) => type.shape))
  return shape === undefined
    ? problem(
        'operands of one shape, or single numbers',
        all.map(describe).join(' and '),
        'reshape or reduce one of them',
      )
    : { level: widest(all.map((type) => type.level)), shape }
}

const sigmoidType = (of: Term, types: Types, names: Names): ValueType | Problem => {
  const network = of.op === 'apply' ? names.networks[of.network] : undefined
  return of.op === 'apply' && network !== undefined && endsInSigmoid(network, of.output)
    ? problem(
        'logits',
        `${of.network}, which ends in a sigmoid already`,
        'drop its last layer, or the sigmoid of this expression',
      )
    : elementwiseType(types)
}

const sampleType = (term: Extract<Term, { op: 'sample' }>, names: Names): ValueType | Problem => {
  const fields = Object.hasOwn(names.sources, term.source) ? names.sources[term.source] : undefined
  if (fields === undefined)
    return problem('a source of this game', `'${term.source}'`, nearby('sources', Object.keys(names.sources)))
  const shape = Object.hasOwn(fields, term.field) ? fields[term.field] : undefined
  return shape === undefined
    ? problem(`a field of ${term.source}`, `'${term.field}'`, `its fields are ${Object.keys(fields).join(', ')}`)
    : { level: 'sample', shape }
}

const applyType = (term: Extract<Term, { op: 'apply' }>, types: Types, names: Names): ValueType | Problem => {
  const network = Object.hasOwn(names.networks, term.network) ? names.networks[term.network] : undefined
  if (network === undefined)
    return problem('a network of this game', `'${term.network}'`, nearby('networks', Object.keys(names.networks)))
  const wrong = Object.keys(term.inputs).filter((name) => !Object.hasOwn(network.inputs, name))
  const missing = Object.keys(network.inputs).filter((name) => !Object.hasOwn(term.inputs, name))
  if (wrong.length + missing.length > 0)
    return problem(
      `inputs ${Object.keys(network.inputs).join(', ') || 'none'} for ${term.network}`,
      Object.keys(term.inputs).join(', ') || 'none',
      'give each input of the network by its name',
    )
  for (const [name, shape] of Object.entries(network.inputs)) {
    const type = types[`inputs.${name}`]
    if (type !== undefined && !sameShape(type.shape, shape))
      return problem(
        `${showShape(shape)} for input ${name} of ${term.network}`,
        describe(type),
        'make the shapes agree',
      )
  }
  const output = Object.hasOwn(network.outputs, term.output ?? '') ? network.outputs[term.output ?? ''] : undefined
  if (output === undefined)
    return problem(
      `an output of ${term.network}`,
      `'${term.output ?? ''}'`,
      `its outputs are ${Object.keys(network.outputs).join(', ')}`,
    )
  if (term.logits === true && endsInSigmoid(network, term.output))
    return problem(
      `logits from ${term.network}: this loss applies the sigmoid itself`,
      'a network that ends in a sigmoid',
      `drop the last layer of ${term.network}, or write the objective over probabilities in a game(...)`,
    )
  const inputs = Object.values(types).map(({ level }) => level)
  return { level: inputs.length === 0 ? 'batch' : widest(['sample', ...inputs]), shape: output }
}

const gradType = (term: Extract<Term, { op: 'grad' }>, { of, by }: Types): ValueType | Problem => {
  if (of === undefined || by === undefined) return problem('an expression', 'none', 'write grad(of, by)')
  if (by.level !== 'sample')
    return problem('to differentiate by a value per sample', describe(by), 'take a draw, or what is made of one')
  if (!isScalar(of.shape) || of.level !== 'sample')
    return problem('one number per sample to differentiate', describe(of), 'take its norm, sum or mean first')
  const identify = identifier()
  const occurs = subterms(term.of).some((each) => identify(each) === identify(term.by))
  return occurs
    ? by
    : problem(
        'to differentiate by what occurs in the expression',
        'what does not',
        'write the very same expression in both places',
      )
}

const averageType = (of: ValueType | undefined): ValueType | Problem => {
  if (of === undefined || of.level === 'batch')
    return problem(
      'a value that varies within the batch',
      of === undefined ? 'none' : describe(of),
      'is E applied twice?',
    )
  if (!isScalar(of.shape)) return problem('one number per sample', describe(of), 'take its norm, sum or mean first')
  return { level: of.level === 'pair' ? 'sample' : 'batch', shape: [] }
}
