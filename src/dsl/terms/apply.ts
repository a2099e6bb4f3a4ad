import { name } from '../../codecs/dictionary.ts'
import { partsByName, type TermDefinition } from './definition.ts'
import { flag } from './fields.ts'
import type { Term } from './term.ts'

/**
 * A network applied to values per sample, by input name; one of several outputs by `output`. `name` tells apart dropout
 * masks. Where `logits` is set, the network's last layer must not be a sigmoid: the expression applies its own.
 */
export interface ApplyTerm {
  readonly op: 'apply'
  readonly network: string
  readonly inputs: { readonly [input: string]: Term }
  readonly output?: string
  readonly name?: string
  readonly logits?: true
}

export const applyDefinition: TermDefinition<ApplyTerm> = {
  fields: {
    network: name,
    inputs: partsByName,
    output: { optional: name },
    name: { optional: name },
    logits: { optional: flag },
  },
}
