import { kind } from '../codecs/kind.ts'
import type { Member } from '../codecs/tagged.ts'
import type { DynamicsDefinition, DynamicsRules } from './definition.ts'
import * as definitions from './definitions.ts'

type Of<D> = D extends DynamicsDefinition<infer S> ? S : never

/** How the players move in one step of a game, as it is stored. */
export type DynamicsSpec = Of<(typeof definitions)[keyof typeof definitions]>

declare const players: unique symbol
/** How the players move. The type parameter `P`, of no effect at run time, says which players the dynamics name. */
export type Dynamics<P extends string = string> = DynamicsSpec & { readonly [players]?: P | undefined }

const table: { readonly [K in DynamicsSpec['type']]: DynamicsDefinition<Member<DynamicsSpec, 'type', K>> } = definitions

/** The codec of dynamics, the definition of their own kind, and the names of all kinds. */
export const dynamicsKind = /* @__PURE__ */ kind<
  DynamicsSpec,
  <D extends DynamicsSpec>(dynamics: D) => DynamicsDefinition<D>
>('dynamics', 'type', table)

/** The rules of dynamics. */
export const rulesOf = (dynamics: DynamicsSpec): DynamicsRules =>
  dynamicsKind.definitionOf(dynamics).rules(dynamics, rulesOf)
