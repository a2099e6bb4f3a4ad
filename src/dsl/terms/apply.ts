import * as E from '#fp-ts/Either'
import { name } from '../../codecs/dictionary.ts'
import type { Problem } from '../../errors/specError.ts'
import { lastSize } from '../../ir/axes.ts'
import { type Shape, sameShape, showShape, size } from '../../ir/program.ts'
import type { Typed } from './definition.ts'
import { partsByName, type TermDefinition } from './definition.ts'
import { flag } from './fields.ts'
import { atom, binding, type Pen, type Written } from './notation.ts'
import type { Term } from './term.ts'
import type { NetworkSignature, TypeContext } from './typeContext.ts'
import { nearby, notInOptimizers, problem, saidElsewhere, wrong } from './typing.ts'
import { describe, type ValueType, widest } from './valueType.ts'
import { call } from './writing.ts'

/**
 * A network applied to values per sample, by input name. `output` selects one of several outputs. Applications with different `name`s
 * have different dropout masks. If `logits` is set, the network must not end in a sigmoid, because the expression applies its own.
 */
export interface ApplyTerm {
  readonly op: 'apply'
  readonly network: string
  readonly inputs: { readonly [input: string]: Term }
  readonly output?: string
  readonly name?: string
  readonly logits?: true
}

/** The name of the selected output; '' for the only, unnamed one. */
export const outputOf = ({ output = '' }: Pick<ApplyTerm, 'output'>): string => output

const typeOf = (term: ApplyTerm, given: Given, { networks }: TypeContext): Typed => {
  if (!Object.hasOwn(networks, term.network))
    return wrong('a network of this game', `'${term.network}'`, nearby('networks', Object.keys(networks)))
  const network = networks[term.network]
  if (network === undefined) return saidElsewhere
  const output = Object.hasOwn(network.outputs, outputOf(term)) ? network.outputs[outputOf(term)] : undefined
  const problems = [...inputProblems(term, given, network), ...outputProblems(term, network)]
  if (problems.length > 0 || output === undefined) return E.left(problems)
  const levels = Object.values(given).map(({ level }) => level)
  return E.right({ level: levels.length === 0 ? 'batch' : widest(['sample', ...levels]), shape: output })
}

type Given = { readonly [input: string]: ValueType }

const inputProblems = (
  { network: name, inputs }: ApplyTerm,
  given: Given,
  network: NetworkSignature,
): readonly Problem[] => {
  const surplus = Object.keys(inputs).some((input) => !Object.hasOwn(network.inputs, input))
  const missing = Object.keys(network.inputs).some((input) => !Object.hasOwn(inputs, input))
  const names = (record: { readonly [name: string]: unknown }): string => Object.keys(record).join(', ') || 'none'
  const unlike = Object.entries(network.inputs).flatMap(([input, shape]) => {
    const type = Object.hasOwn(given, input) ? given[input] : undefined
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

/** The hint for an input of the wrong shape. */
const howToAgree = (taken: Shape, given: Shape): string => {
  const count = size(given) / size(taken)
  if (count === 1) return 'reshape one of them; views of images take and give height x width x channels'
  // Packed samples lie along the last axis; single numbers make a vector.
  const packed = taken.length === 0 ? [count] : [...taken.slice(0, -1), lastSize(taken) * count]
  return count === Math.floor(count) && sameShape(given, packed)
    ? `make the shapes agree: of ${count} samples packed, a network takes ${showShape(given)}`
    : 'make the shapes agree'
}

const outputProblems = (
  { network: name, output = '', logits }: ApplyTerm,
  network: NetworkSignature,
): readonly Problem[] => {
  if (!Object.hasOwn(network.outputs, output)) {
    const known = Object.keys(network.outputs)
    const hint = known.includes('') ? 'it has one output, without a name' : `its outputs are ${known.join(', ')}`
    return [problem(`an output of ${name}`, output === '' ? 'none that is named' : `'${output}'`, hint)]
  }
  return logits === true && network.endsInSigmoid(output)
    ? [
        problem(
          `logits from ${name}: numbers without bounds`,
          'a network that ends in a sigmoid',
          `drop the last layer of ${name}, or write the objective over probabilities in a game(...)`,
        ),
      ]
    : []
}

const formula = ({ network, inputs, output }: ApplyTerm, { notation, part }: Pen): Written => {
  const symbol = notation.symbol(network)
  const name = output === undefined ? symbol : notation.subscript(symbol, notation.symbol(output))
  const args = Object.values(inputs).map((input) => part(input, binding.minus))
  return args.length === 0 ? atom(name) : call(name, args)
}

export const applyDefinition: TermDefinition<ApplyTerm> = {
  fields: {
    network: name,
    inputs: partsByName,
    output: { optional: name },
    name: { optional: name },
    logits: { optional: flag },
  },
  names: ({ name }) => [name],
  type: (term, { inputs }, context) =>
    context.place === 'optimizer' ? notInOptimizers('networks') : typeOf(term, inputs, context),
  lower: (term, { apply }) => apply(term),
  formula,
}
