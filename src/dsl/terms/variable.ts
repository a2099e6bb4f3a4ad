import { name } from '../../codecs/dictionary.ts'
import type { TermDefinition } from './definition.ts'

/**
 * A name that is bound where the term is used: `t` in an activation; in an optimizer `parameter`, `gradient` and `updates`,
 * the number of updates that the player has made before this one.
 */
export interface VariableTerm {
  readonly op: 'variable'
  readonly name: string
}

export const variableDefinition: TermDefinition<VariableTerm> = { fields: { name } }
