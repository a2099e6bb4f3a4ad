/** The part of a spec that a node comes from: an expression, or something that the compiler adds. */
export type OriginOf =
  | { readonly type: 'unknown' }
  | { readonly type: 'expression'; readonly text: string }
  /** The check that a number stays in a range; the text says which. */
  | { readonly type: 'range'; readonly text: string }
  /** A layer, in the application of its network that `expression` shows. */
  | { readonly type: 'layer'; readonly expression: string; readonly layer: string }
  | { readonly type: 'update'; readonly optimizer: string; readonly parameter: string }
  | { readonly type: 'average'; readonly parameter: string }

/** Where in a spec a node comes from. */
export interface Origin {
  /** The player whose update contains it, if any. */
  readonly player?: string
  readonly of: OriginOf
  /** How often it was differentiated. */
  readonly derivative: number
}

export const unknownOrigin: Origin = { of: { type: 'unknown' }, derivative: 0 }

/** The origin of the nodes that differentiation adds for nodes of this origin. */
export const derived = (origin: Origin): Origin =>
  origin.of.type === 'unknown' ? origin : { ...origin, derivative: origin.derivative + 1 }

/** `D(x), layer 1.dense` */
export const showOriginOf = (of: OriginOf): string => {
  switch (of.type) {
    case 'unknown':
      return ''
    case 'expression':
    case 'range':
      return of.text
    case 'layer':
      return `${of.expression}, layer ${of.layer}`
    case 'update':
      return `${of.optimizer} of ${of.parameter}`
    case 'average':
      return `the average of ${of.parameter}`
  }
}

/** `gradient of discriminator: log(D(x))`; empty if nothing is known. */
export const showOrigin = ({ player, of, derivative }: Origin): string =>
  `${derivative > 0 ? 'gradient of ' : ''}${player === undefined ? '' : `${player}: `}${showOriginOf(of)}`
