import { codecsOf, type Member, tagged } from '../../codecs/tagged.ts'
import { type Equalised, equalisedDefinition } from './equalised.ts'
import { type SpectralNorm, spectralNormDefinition } from './spectralNorm.ts'
import { type WeightNorm, weightNormDefinition } from './weightNorm.ts'
import type { WeightRuleDefinition } from './weightRule.ts'

/** Every way in which a layer's weights may be made of what is trained. */
export type WeightRule = SpectralNorm | WeightNorm | Equalised

const table: { readonly [K in WeightRule['type']]: WeightRuleDefinition<Member<WeightRule, 'type', K>> } = {
  spectralNorm: spectralNormDefinition,
  weightNorm: weightNormDefinition,
  equalised: equalisedDefinition,
}

export const weightRuleCodec = tagged<WeightRule, 'type'>('a rule for weights', 'type', codecsOf(table))

/** The definition of a rule's own kind. */
export const ruleOf = <R extends WeightRule>(rule: R): WeightRuleDefinition<R> =>
  // TypeScript does not see that the type at a key and the definition at that key belong together.
  table[rule.type] as unknown as WeightRuleDefinition<R>
