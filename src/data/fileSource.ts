import type { Scaling } from '../dsl/sources/scaling.ts'
import type { Shape } from '../ir/program.ts'
import type { PerClass } from './perClass.ts'

/** Files to read samples from. `shape` is that of one sample; relative paths are relative to the spec's folder. */
export type FileSource =
  /** A NumPy array whose first axis counts samples; yields `x`. */
  | ({ readonly type: 'npy'; readonly path: string; readonly shape: Shape } & Scaling)
  /** A sample per line, of all columns or of those chosen by name or index (from 0), in the order given; yields `x`. */
  | ({
      readonly type: 'csv'
      readonly path: string
      readonly shape: Shape
      readonly columns?: readonly (string | number)[]
      /** Whether the first line names the columns; where absent, it does if a column is chosen by name. */
      readonly header?: boolean
    } & Scaling)
  /** Images as MNIST has them; yields `x` and, where labels are given, `label`, one-hot over `classes`. */
  | {
      readonly type: 'idx'
      readonly images: string
      readonly shape: Shape
      readonly labels?: string
      readonly classes?: number
      /** What bytes 0 and 255 become, linearly between; bytes stay 0 to 255 where it is absent. */
      readonly range?: readonly [number, number]
      /** Of labelled images, a few of each class alone. */
      readonly perClass?: PerClass
    }
