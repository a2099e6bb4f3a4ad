import { oneOf } from '../../codecs/oneOf.ts'

/**
 * How to resize images: 'nearest' copies pixels; 'bilinear' interpolates between pixel centres, and repeats the edge pixels (PyTorch's
 * `align_corners=False`).
 */
export type Method = 'nearest' | 'bilinear'

export interface ResamplingOptions {
  /** 'nearest' by default. */
  readonly method?: Method
}

export const resamplingOptions = () => ({ method: oneOf('nearest', 'bilinear') })
