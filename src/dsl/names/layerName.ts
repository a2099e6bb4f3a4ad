/** The name of a layer in its network: the user's name, else its index and kind. */
export type LayerName =
  | { readonly type: 'named'; readonly name: string }
  | { readonly type: 'numbered'; readonly index: number; readonly kind: string }

/** A layer of a network. */
export interface LayerPlace {
  readonly network: string
  readonly layer: LayerName
}

/** `to8`, or `1.dense`. */
export const showLayerName = (layer: LayerName): string =>
  layer.type === 'named' ? layer.name : `${layer.index}.${layer.kind}`

/** `G/to8`, or `G/1.dense`. */
export const showLayerPlace = ({ network, layer }: LayerPlace): string => `${network}/${showLayerName(layer)}`
