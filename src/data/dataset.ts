import type { Scale } from '../dsl/sources/scale.ts'
import type { Shape } from '../ir/program.ts'

/** What every sample of a dataset has under one name. */
export interface Field {
  /** Of one sample. */
  readonly shape: Shape
  /** Sample after sample, row-major: `count` times the size of `shape`. */
  readonly values: Float32Array
}

/** Samples held in memory, all finite. */
export interface Dataset {
  readonly count: number
  readonly fields: { readonly [name: string]: Field }
  /** How `x` was made of the numbers of its file, where these did not stay as they were. */
  readonly scale?: Scale
  /** SHA-256, in hex, of the content of its files, one after the other (of what a gzip file holds). */
  readonly hash: string
}
