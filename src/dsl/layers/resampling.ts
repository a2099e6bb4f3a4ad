import { oneOf } from '../../codecs/oneOf.ts'

/**
 * How an image is made larger or smaller: by whole pixels, or in between them by their distance, on pixels that are squares
 * with the edge's own number beyond the edge (PyTorch's `align_corners=False`).
 */
export type Method = 'nearest' | 'bilinear'

export interface ResamplingOptions {
  /** 'nearest' where absent. */
  readonly method?: Method
}

export const resamplingOptions = () => ({ method: oneOf('nearest', 'bilinear') })
