import type { Scale } from '../dsl/sources/scale.ts'
import type { Shape } from '../ir/program.ts'

/** One field of all samples of a dataset. */
export interface Field {
  /** The shape of one sample. */
  readonly shape: Shape
  /** Sample after sample, row-major: `count` times the size of `shape` numbers. */
  readonly values: Float32Array
}

/** Samples in memory. All numbers are finite. */
export interface Dataset {
  readonly count: number
  readonly fields: { readonly [name: string]: Field }
  /** How the numbers of the file were scaled to `x`, if they were. */
  readonly scale?: Scale
  /** The SHA-256, in hex, of the concatenated contents of its files, unpacked. */
  readonly hash: string
}
