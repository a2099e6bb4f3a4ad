import { type DataOf, kind } from '../../codecs/kind.ts'
import type { Member } from '../../codecs/tagged.ts'
import type { WeightRuleDefinition } from './weightRule.ts'
import * as definitions from './weightRuleDefinitions.ts'

/** All weight rules. */
export type WeightRule = DataOf<typeof definitions>

const table: { readonly [K in WeightRule['type']]: WeightRuleDefinition<Member<WeightRule, 'type', K>> } = definitions

/** The codec of a rule for weights, and the definition of its own kind. */
export const weightRuleKind = /* @__PURE__ */ kind<
  WeightRule,
  <R extends WeightRule>(rule: R) => WeightRuleDefinition<R>
>('a rule for weights', 'type', table)
