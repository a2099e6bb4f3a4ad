import * as E from '#fp-ts/Either'
import { checkShape } from '../dsl/layers/rule.ts'
import { rangeProblem } from '../dsl/terms/ranges.ts'
import type { Term } from '../dsl/terms/term.ts'
import { identifier, subterms } from '../dsl/terms/termParts.ts'
import { termsDownTo } from '../dsl/terms/termsDownTo.ts'
import type { Shapes } from '../dsl/types/shape.ts'
import type { Problem } from '../errors/specError.ts'
import { type Shape, sameShape, showShape, size } from '../ir/program.ts'
import { type CheckedNetwork, endsInSigmoid } from './network.ts'
import { structuralShape } from './structural.ts'
import { describe, isScalar, type ValueType, widest } from './valueType.ts'

/** What a term may mention where it stands. */
export interface Names {
  /** `undefined` for one that is declared, but wrong in itself: nothing more is said of it. */
  readonly networks: { readonly [name: string]: CheckedNetwork | undefined }
  readonly sources: { readonly [name: string]: Shapes | undefined }
  readonly variables: { readonly [name: string]: ValueType }
  /** The shape of a slot that says none. */
  readonly slotShape: Shape
  /** Where it is: values that the host gives occur only when a trained network is asked, random ones not in an optimizer. */
  readonly place: 'objective' | 'optimizer' | 'query'
}

export type Types = { readonly [part: string]: ValueType }

/** A term's type, or all that is wrong with it; nothing where what is wrong was said elsewhere. */
type Rule = E.Either<readonly Problem[], ValueType>

export const problem = (expected: string, found: string, hint: string): Problem => ({ expected, found, hint })

const wrong = (expected: string, found: string, hint: string): Rule => E.left([problem(expected, found, hint)])

const saidElsewhere: Rule = E.left([])

/** A type whose shape the term itself says. */
const declared = (level: ValueType['level'], shape: Shape): Rule => {
  const bad = checkShape(shape)
  return bad === undefined ? E.right({ level, shape }) : E.left([bad])
}

/** The type of a term, by those of its parts. Slots, their previous values and kernels are not for this rule: they bind names. */
export const typeRule = (
  term: Exclude<Term, { readonly op: 'slot' | 'previous' | 'kernels' }>,
  types: Types,
  names: Names,
): Rule => {
  switch (term.op) {
    case 'number':
    case 'step':
    case 'progress':
      return E.right({ level: 'batch', shape: [] })
    case 'index':
      return names.place === 'optimizer' ? notInOptimizers('samples') : E.right({ level: 'sample', shape: [] })
    case 'tensor':
      return term.values.length === size(term.shape)
        ? declared('batch', term.shape)
        : wrong(
            `${size(term.shape)} values for ${showShape(term.shape)}`,
            `${term.values.length}`,
            'give one for each element, row-major',
          )
    case 'variable':
      return variableType(term.name, names)
    case 'noise':
      return names.place === 'optimizer' ? notInOptimizers('random numbers') : declared('sample', term.shape)
    case 'given':
      return names.place === 'query'
        ? declared('sample', term.shape)
        : wrong('draws and networks', `the given value '${term.name}'`, 'draw it from a source of the game')
    case 'sample':
      return names.place === 'optimizer' ? notInOptimizers('samples') : sampleType(term, names)
    case 'apply':
      return names.place === 'optimizer' ? notInOptimizers('networks') : applyType(term, types, names)
    case 'grad':
      return gradType(term, types)
    case 'E':
    case 'largest':
      return overBatchType(term.op, types.of)
    case 'every':
      return names.place === 'optimizer'
        ? notInOptimizers('what is done at some steps alone')
        : everyType(term, types.of)
    case 'acrossParameters':
      return acrossParametersType(names, types.of)
    case 'ranged':
      return rangedType(term, types.of)
    case 'pair':
      return types.of?.level === 'pair'
        ? wrong('a value per sample', 'one per pair', 'pair reads the other sample of a value that varies by sample')
        : E.right({ level: 'pair', shape: types.of?.shape ?? [] })
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
      return E.mapLeft((what: Problem) => [what])(structuralShape(term, types))
    case 'sigmoid':
      return sigmoidType(term.of, types, names)
    default:
      return elementwiseType(types)
  }
}

const notInOptimizers = (found: string): Rule =>
  wrong('numbers, parameter, gradient, updates, step, progress and slots', found, 'an optimizer knows of nothing else')

const variableType = (name: string, { variables }: Names): Rule => {
  const type = Object.hasOwn(variables, name) ? variables[name] : undefined
  return type === undefined
    ? wrong('a variable that is bound here', `'${name}'`, `bound here: ${Object.keys(variables).join(', ') || 'none'}`)
    : E.right(type)
}

/** The shape of an elementwise result: equal shapes, or a single number beside any. */
const joinShapes = (shapes: readonly Shape[]): Shape | undefined =>
  shapes.reduce<Shape | undefined>((joined, shape) => {
    if (joined === undefined) return undefined
    if (sameShape(joined, shape)) return joined
    if (isScalar(joined)) return joined.length > shape.length ? joined : shape
    return isScalar(shape) ? joined : undefined
  }, [])

const elementwiseType = (types: Types): Rule => {
  const all = Object.values(types)
  const shape = joinShapes(all.map((type) => type.shape))
  return shape === undefined
    ? wrong(
        'operands of one shape, or single numbers',
        all.map(describe).join(' and '),
        'reshape or reduce one of them',
      )
    : E.right({ level: widest(all.map((type) => type.level)), shape })
}

const sigmoidType = (of: Term, types: Types, { networks }: Names): Rule => {
  const network = of.op === 'apply' ? networks[of.network] : undefined
  return of.op === 'apply' && network !== undefined && endsInSigmoid(network, of.output)
    ? wrong(
        'logits',
        `${of.network}, which ends in a sigmoid already`,
        'drop its last layer, or the sigmoid of this expression',
      )
    : elementwiseType(types)
}

const nearby = (kind: string, known: readonly string[]): string =>
  known.length === 0 ? `this game has no ${kind}` : `this game has ${known.map((name) => `'${name}'`).join(', ')}`

const sampleType = ({ source, field }: Extract<Term, { op: 'sample' }>, { sources }: Names): Rule => {
  if (!Object.hasOwn(sources, source))
    return wrong('a source of this game', `'${source}'`, nearby('sources', Object.keys(sources)))
  const fields = sources[source]
  if (fields === undefined) return saidElsewhere
  const shape = Object.hasOwn(fields, field) ? fields[field] : undefined
  return shape === undefined
    ? wrong(`a field of ${source}`, `'${field}'`, `its fields are ${Object.keys(fields).join(', ')}`)
    : E.right({ level: 'sample', shape })
}

type Apply = Extract<Term, { readonly op: 'apply' }>

const applyType = (term: Apply, types: Types, { networks }: Names): Rule => {
  if (!Object.hasOwn(networks, term.network))
    return wrong('a network of this game', `'${term.network}'`, nearby('networks', Object.keys(networks)))
  const network = networks[term.network]
  if (network === undefined) return saidElsewhere
  const output = Object.hasOwn(network.outputs, term.output ?? '') ? network.outputs[term.output ?? ''] : undefined
  const problems = [...inputProblems(term, types, network), ...outputProblems(term, network)]
  if (problems.length > 0 || output === undefined) return E.left(problems)
  const inputs = Object.values(types).map(({ level }) => level)
  return E.right({ level: inputs.length === 0 ? 'batch' : widest(['sample', ...inputs]), shape: output })
}

const inputProblems = ({ network: name, inputs }: Apply, types: Types, network: CheckedNetwork): readonly Problem[] => {
  const surplus = Object.keys(inputs).some((input) => !Object.hasOwn(network.inputs, input))
  const missing = Object.keys(network.inputs).some((input) => !Object.hasOwn(inputs, input))
  const names = (record: { readonly [name: string]: unknown }): string => Object.keys(record).join(', ') || 'none'
  const unlike = Object.entries(network.inputs).flatMap(([input, shape]) => {
    const type = types[`inputs.${input}`]
    return type === undefined || sameShape(type.shape, shape)
      ? []
      : [problem(`${showShape(shape)} for input ${input} of ${name}`, describe(type), howToAgree(shape, type.shape))]
  })
  return surplus || missing
    ? [
        problem(
          `inputs ${names(network.inputs)} for ${name}`,
          names(inputs),
          'give each input of the network by its name',
        ),
        ...unlike,
      ]
    : unlike
}

/** What to do about a network that takes one shape and is given another. */
const howToAgree = (taken: Shape, given: Shape): string => {
  const [count, axes] = [size(given) / size(taken), taken.length - 1]
  if (count === 1) return 'reshape one of them; views of images take and give height x width x channels'
  return count === Math.floor(count) && sameShape(given, [...taken.slice(0, axes), (taken[axes] ?? 1) * count])
    ? `make the shapes agree: of ${count} samples packed, a network takes ${showShape(given)}`
    : 'make the shapes agree'
}

const outputProblems = ({ network: name, output = '', logits }: Apply, network: CheckedNetwork): readonly Problem[] => {
  if (!Object.hasOwn(network.outputs, output)) {
    const known = Object.keys(network.outputs)
    const hint = known.includes('') ? 'it has one output, without a name' : `its outputs are ${known.join(', ')}`
    return [problem(`an output of ${name}`, output === '' ? 'none that is named' : `'${output}'`, hint)]
  }
  return logits === true && endsInSigmoid(network, output)
    ? [
        problem(
          `logits from ${name}: numbers without bounds`,
          'a network that ends in a sigmoid',
          `drop the last layer of ${name}, or write the objective over probabilities in a game(...)`,
        ),
      ]
    : []
}

const gradType = (term: Extract<Term, { op: 'grad' }>, { of, by }: Types): Rule => {
  if (of === undefined || by === undefined) return saidElsewhere
  if (by.level !== 'sample')
    return wrong('to differentiate by a value per sample', describe(by), 'take a draw, or what is made of one')
  if (!isScalar(of.shape) || of.level !== 'sample')
    return wrong('one number per sample to differentiate', describe(of), 'take its norm, sum or mean first')
  const identify = identifier()
  const base = identify(term.by)
  const within = termsDownTo(term.of, (each) => identify(each) === base)
  if (!within.some((each) => identify(each) === base))
    return wrong(
      'to differentiate by what occurs in the expression',
      'what does not',
      'write the very same expression in both places',
    )
  const made = new Set(subterms(term.by).map(identify))
  const inner = within.some(
    (each) =>
      each.op === 'grad' && identify(each) !== base && identify(each.by) !== base && made.has(identify(each.by)),
  )
  return inner
    ? wrong(
        'inner gradients by other values than the outer one’s is made of',
        'a gradient by a part of what the outer gradient is taken by',
        'take both by the same value',
      )
    : E.right(by)
}

const overBatchType = (op: 'E' | 'largest', of: ValueType | undefined): Rule => {
  if (of === undefined) return saidElsewhere
  if (of.level === 'batch')
    return wrong(
      'a value that varies within the batch',
      describe(of),
      `is ${op} applied twice? nothing here depends on a sample`,
    )
  return E.right({ level: of.level === 'pair' ? 'sample' : 'batch', shape: isScalar(of.shape) ? [] : of.shape })
}

const rangedType = ({ kind, of }: Extract<Term, { op: 'ranged' }>, type: ValueType | undefined): Rule => {
  if (type === undefined) return saidElsewhere
  const bad = rangeProblem(kind, of)
  return bad === undefined ? E.right(type) : E.left([bad])
}

const acrossParametersType = ({ place }: Names, of: ValueType | undefined): Rule => {
  if (of === undefined) return saidElsewhere
  if (place !== 'optimizer')
    return wrong(
      'what an objective knows',
      'a sum across parameters',
      'it is for optimizers; kernels(...) sums over weights',
    )
  return of.level === 'batch' && isScalar(of.shape)
    ? E.right({ level: 'batch', shape: [] })
    : wrong('one number for each parameter', describe(of), 'take its norm, sum or mean first')
}

const everyType = ({ period }: Extract<Term, { op: 'every' }>, of: ValueType | undefined): Rule => {
  if (of === undefined) return saidElsewhere
  if (!Number.isSafeInteger(period) || period < 1)
    return wrong('a whole number of steps, 1 or more', `${period}`, 'every(16, ...) is done at each 16th step')
  return of.level === 'batch' && isScalar(of.shape)
    ? E.right({ level: 'batch', shape: [] })
    : wrong('one number for the batch', describe(of), 'average it over the batch with E(...)')
}
