/** What in a spec a node was made for: an expression, or what the compiler adds to those. */
export type OriginOf =
  | { readonly type: 'unknown' }
  | { readonly type: 'expression'; readonly text: string }
  /** A number that has to stay in a range, which the text says. */
  | { readonly type: 'range'; readonly text: string }
  /** A layer, in the application of its network that the expression is. */
  | { readonly type: 'layer'; readonly expression: string; readonly layer: string }
  | { readonly type: 'update'; readonly optimizer: string; readonly parameter: string }
  | { readonly type: 'average'; readonly parameter: string }

/** What in a spec a node comes from. */
export interface Origin {
  /** Whose update it is in, if anyone's. */
  readonly player?: string
  readonly of: OriginOf
  /** How many gradients were taken on the way to it. */
  readonly derivative: number
}

export const unknownOrigin: Origin = { of: { type: 'unknown' }, derivative: 0 }

/** The origin of the nodes that a gradient adds for those of an origin. */
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

/** `gradient of discriminator: log(D(x))`; empty where nothing is known. */
export const showOrigin = ({ player, of, derivative }: Origin): string =>
  `${derivative > 0 ? 'gradient of ' : ''}${player === undefined ? '' : `${player}: `}${showOriginOf(of)}`
