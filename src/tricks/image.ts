import type { Shape } from '../ir/program.ts'

/** Height, width and channels. What is no image gets sizes that fit nothing, which the check of the spec reports. */
export const imageSizes = ([height = 1, width = 1, channels = 1]: Shape): readonly [number, number, number] => [
  height,
  width,
  channels,
]
