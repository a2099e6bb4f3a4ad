import * as E from '#fp-ts/Either'
import { checkFunction, refuse } from '../../codecs/argument.ts'
import { name } from '../../codecs/dictionary.ts'
import type { Shape } from '../../ir/program.ts'
import { part, type TermDefinition } from './definition.ts'
import { type Expr, toTerm } from './expression.ts'
import type { LowerContext } from './lowerContext.ts'
import type { Term } from './term.ts'
import { isOneNumber, oneNumber, problem } from './typing.ts'
import type { Value } from './value.ts'
import { describe } from './valueType.ts'
import { namedBelow } from './writing.ts'

/** A number that is computed from each weight matrix of a network, the variable `kernel`, summed over all of them. */
export interface KernelsTerm {
  readonly op: 'kernels'
  readonly network: string
  readonly of: Term
}

/**
 * Sums a number over a network's weight matrices: all trained tensors with at least two axes, as matrices whose rows are inputs and
 * whose columns are units or channels.
 *
 * @example kernels(D, (w) => sum(square(w)))
 */
export const kernels = <N extends string, U extends string>(
  network: { readonly named: N },
  cost: (kernel: Expr<'batch', number[], never>) => Expr<'batch', Shape, U>,
): Expr<'batch', [], U | `network ${N}`> => {
  const hint = 'Write kernels(D, (w) => sum(square(w))).'
  const named: unknown = Object(network).named
  if (typeof named !== 'string') refuse('kernels', 'network', network, 'a network with a name', hint)
  checkFunction('kernels', 'cost', cost, hint)
  const of = toTerm(cost({ term: { op: 'variable', name: 'kernel' } }), 'kernels', 'cost')
  return { term: { op: 'kernels', network: network.named, of } }
}

/** The variable that stands for a weight matrix. */
const kernelVariable = 'kernel'

const lower = (term: KernelsTerm, { builder: b, perKernel, lowerWith }: LowerContext): Value => {
  const costs = perKernel(term.network, (kernel) =>
    b.reshape(lowerWith(term.of, { [kernelVariable]: kernel }).node, []),
  )
  return { level: 'batch', shape: [], node: costs.reduce((sum, cost) => b.add(sum, cost)) }
}

export const kernelsDefinition: TermDefinition<KernelsTerm> = {
  fields: { network: name, of: part },
  binds: () => kernelVariable,
  bindings: ({ network: name }, { networks }) => {
    if (!Object.hasOwn(networks, name))
      return E.left([problem('a network of this game', `'${name}'`, 'name a network that the game has')])
    const network = networks[name]
    if (network === undefined) return E.left([]) // said of the network
    const kernels = network.kernels()
    return kernels.length === 0
      ? E.left([problem(`weights in ${name}`, 'none', 'kernels are trained tensors of two axes or more')])
      : E.right(kernels.map((shape) => ({ variables: { [kernelVariable]: { level: 'batch', shape } } })))
  },
  type: (_, { of }) =>
    isOneNumber(of)
      ? oneNumber
      : E.left([{ ...problem('one number of each kernel', describe(of), 'take its sum or norm'), part: 'of' }]),
  lower,
  formula: ({ network, of }, pen) => namedBelow('kernels', pen.notation.symbol(network), [of], pen),
}
