import { type LayerPlace, showLayerPlace } from './layerName.ts'

/** What is drawn: noise or samples of a term, or random numbers of a layer in one application of its network. */
export type Drawn =
  | { readonly type: 'noise'; readonly draw: string }
  | { readonly type: 'sample'; readonly source: string; readonly draw: string | undefined; readonly field: string }
  | { readonly type: 'layer'; readonly place: LayerPlace; readonly application: string; readonly pairs: boolean }

/** Who draws: a player in one of its updates of a step, all players together, or a query of a trained game. */
export type Drawer =
  | { readonly type: 'player'; readonly player: string; readonly update: string }
  | { readonly type: 'shared' }
  | { readonly type: 'question'; readonly stream: string }

/** The name of a draw. Programs use its text: `showDraw`. */
export interface DrawName {
  readonly by: Drawer
  readonly of: Drawn
}

/** `discriminator/0/noise/z`, `shared/data.x`, `samples/G/2.dropout:0`. */
export const showDraw = ({ by, of }: DrawName): string => `${showDrawer(by)}/${showDrawn(of)}`

/** The same without the player: `0/noise/z`. */
export const showOwnDraw = ({ by, of }: DrawName): string =>
  `${by.type === 'player' ? by.update : showDrawer(by)}/${showDrawn(of)}`

/** The random stream of a draw. All fields of a sample use one stream, so that a label belongs to its sample. */
export const showStream = ({ by, of }: DrawName): string =>
  `${showDrawer(by)}/${of.type === 'sample' ? showSample(of) : showDrawn(of)}`

const showDrawer = (by: Drawer): string => {
  switch (by.type) {
    case 'player':
      return `${by.player}/${by.update}`
    case 'shared':
      return 'shared'
    case 'question':
      return by.stream
  }
}

const showDrawn = (of: Drawn): string => {
  switch (of.type) {
    case 'noise':
      return `noise/${of.draw}`
    case 'sample':
      return `${showSample(of)}.${of.field}`
    case 'layer':
      return `${showLayerPlace(of.place)}:${of.application}${of.pairs ? ':pair' : ''}`
  }
}

const showSample = ({ source, draw }: Extract<Drawn, { readonly type: 'sample' }>): string =>
  draw === undefined ? source : `${source}:${draw}`
