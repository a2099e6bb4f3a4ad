import { checkFunction, refuse } from '../../codecs/argument.ts'
import { name } from '../../codecs/dictionary.ts'
import type { Shape } from '../../ir/program.ts'
import { part, type TermDefinition } from './definition.ts'
import { type Expr, toTerm } from './expression.ts'
import type { Term } from './term.ts'

/** The sum over a network's matrices of weights, from rows to channels, of a number in which each is the variable `kernel`. */
export interface KernelsTerm {
  readonly op: 'kernels'
  readonly network: string
  readonly of: Term
}

/**
 * The sum, over a network's matrices of weights, of one number that is made of each: of all trained tensors of two axes or
 * more, as matrices from rows (what is read) to columns (units or channels).
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

export const kernelsDefinition: TermDefinition<KernelsTerm> = { fields: { network: name, of: part } }
