import { isName } from '../../codecs/dictionary.ts'
import { type LayerName, type LayerPlace, showLayerPlace } from './layerName.ts'

/** A tensor of a layer: a parameter, or untrained state such as a running mean. */
export interface TensorName extends LayerPlace {
  readonly role: 'layer'
  readonly tensor: string
}

/** The name of a state tensor. Only files and messages use it as text: `showStateName`. */
export type StateName =
  | TensorName
  /** The average of a network's tensor, the rounding remainder of that average, or lookahead's slow copy of a parameter. */
  | { readonly role: 'average' | 'rest' | 'slow'; readonly of: TensorName }
  /** Memory of a player's optimizer, or of the dynamics, for a parameter. */
  | { readonly role: 'memory'; readonly player: string; readonly slot: string; readonly of: TensorName }
  /** A slot of a player's objective. */
  | { readonly role: 'objective'; readonly player: string; readonly slot: string }

/** The name of a layer's tensor. */
export const tensorIn = ({ network, layer }: LayerPlace, tensor: string): TensorName => ({
  role: 'layer',
  network,
  layer,
  tensor,
})

/** The layer tensor behind a name: itself, or the one that it is a copy or the memory of. */
export const subjectOf = (name: StateName): TensorName | undefined => {
  if (name.role === 'layer') return name
  return name.role === 'objective' ? undefined : name.of
}

/** `D/1.dense/kernel`, `average/G/to8/kernel`, `discriminator/m/D/1.dense/kernel` or `discriminator/scale`. */
export const showStateName = (name: StateName): string => {
  switch (name.role) {
    case 'layer':
      return `${showLayerPlace(name)}/${name.tensor}`
    case 'average':
    case 'rest':
    case 'slow':
      return `${name.role}/${showStateName(name.of)}`
    case 'memory':
      return `${name.player}/${name.slot}/${showStateName(name.of)}`
    case 'objective':
      return `${name.player}/${name.slot}`
  }
}

/** Parses a name from a file; `undefined` if it is not one. Texts are unique, because kinds of names differ in their number of parts. */
export const parseStateName = (text: string): StateName | undefined => {
  const parts = text.split('/')
  const [first = '', second = ''] = parts
  if (parts.length === 2) return isName(first) && isName(second) ? objectiveMemory(first, second) : undefined
  const of = tensorFrom(parts.slice(-3))
  if (of === undefined || parts.length === 3) return of
  if (parts.length === 4)
    return first === 'average' || first === 'rest' || first === 'slow' ? { role: first, of } : undefined
  return parts.length === 5 && isName(first) && isName(second) ? memoryOf(first, second, of) : undefined
}

export const objectiveMemory = (player: string, slot: string): StateName => ({ role: 'objective', player, slot })

export const memoryOf = (player: string, slot: string, of: TensorName): StateName => ({
  role: 'memory',
  player,
  slot,
  of,
})

const tensorFrom = ([network = '', layer = '', tensor = '']: readonly string[]): TensorName | undefined => {
  const name = layerFrom(layer)
  return name !== undefined && isName(network) && isName(tensor)
    ? tensorIn({ network, layer: name }, tensor)
    : undefined
}

const layerFrom = (text: string): LayerName | undefined => {
  if (isName(text)) return { type: 'named', name: text }
  const numbered = /^(0|[1-9]\d*)\.([a-zA-Z]\w*)$/.exec(text)
  if (numbered === null) return undefined
  const [, index, kind] = numbered
  return index === undefined || kind === undefined ? undefined : { type: 'numbered', index: Number(index), kind }
}
