import * as E from '#fp-ts/Either'
import { name } from '../../codecs/dictionary.ts'
import type { TermDefinition } from './definition.ts'
import { atom } from './notation.ts'
import { wrong } from './typing.ts'

/**
 * A name that is bound where the term is used: `t` in an activation; in an optimizer `parameter`, `gradient` and `updates`,
 * the number of updates that the player has made before this one.
 */
export interface VariableTerm {
  readonly op: 'variable'
  readonly name: string
}

export const variableDefinition: TermDefinition<VariableTerm> = {
  fields: { name },
  reads: ({ name }) => name,
  type: ({ name }, _, { variables }) => {
    const type = Object.hasOwn(variables, name) ? variables[name] : undefined
    return type === undefined
      ? wrong(
          'a variable that is bound here',
          `'${name}'`,
          `bound here: ${Object.keys(variables).join(', ') || 'none'}`,
        )
      : E.right(type)
  },
  lower: ({ name }, { variable }) => variable(name),
  formula: ({ name }, { notation }) => atom(notation.symbol(name)),
}
