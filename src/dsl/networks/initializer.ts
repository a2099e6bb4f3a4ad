/** How a parameter starts. Fans are those of the layer: inputs and outputs that one weight connects. */
export type Initializer =
  | { readonly type: 'zeros' }
  | { readonly type: 'constant'; readonly value: number }
  | { readonly type: 'normal'; readonly std: number }
  /** Normal, redrawn to lie within two standard deviations. */
  | { readonly type: 'truncatedNormal'; readonly std: number }
  | { readonly type: 'uniform'; readonly low: number; readonly high: number }
  /** Glorot and Bengio 2010: uniform within sqrt(6 / (fanIn + fanOut)). */
  | { readonly type: 'glorot' }
  /** He et al. 2015: normal with standard deviation sqrt(2 / fanIn). */
  | { readonly type: 'he' }
  /** Saxe et al. 2014: orthogonal rows or columns, times the gain. */
  | { readonly type: 'orthogonal'; readonly gain: number }
