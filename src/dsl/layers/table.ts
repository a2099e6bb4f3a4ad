import { type DataOf, kind } from '../../codecs/kind.ts'
import type { Member } from '../../codecs/tagged.ts'
import * as definitions from './definitions.ts'
import type { LayerDefinition } from './layer.ts'

/** Every kind of layer, as it is stored. */
export type Layer = DataOf<typeof definitions>

type Row<L> = LayerDefinition<L, 0> | LayerDefinition<L, 1> | LayerDefinition<L, 2>

const table: { readonly [K in Layer['type']]: Row<Member<Layer, 'type', K>> } = definitions

/** The codec of a layer, the definition of its own kind, and the names of all kinds. */
export const layerKind = /* @__PURE__ */ kind<Layer, <L extends Layer>(layer: L) => LayerDefinition<L>>(
  'a layer',
  'type',
  table,
)
