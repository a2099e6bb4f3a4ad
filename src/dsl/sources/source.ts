import type * as t from '#io-ts'
import type { Problem } from '../../errors/specError.ts'
import type { Bounds } from '../types/bounds.ts'
import type { Shapes } from '../types/shape.ts'
import type { SourceData } from './table.ts'

declare const fieldShapes: unique symbol
/** A source while a spec is written: its data, and in its type the shapes of a sample's fields. */
export type Source<F extends Shapes = Shapes> = SourceData & { readonly [fieldShapes]?: F | undefined }

/** Values per sample by field, sample after sample, row-major. */
export type Batch = { readonly [field: string]: Float32Array }

/** Fills arrays with random numbers, sample after sample; every call gives fresh ones. */
export interface SourceRandom {
  /** On [0, 1). */
  readonly uniform: (out: Float32Array) => void
  /** Standard normal. */
  readonly normal: (out: Float32Array) => void
}

/** Writes `count` samples: those of their fields that `out` has a place for. Sample i depends on its own numbers only. */
export type Generate = (count: number, random: SourceRandom, out: Batch) => void

/** Where samples come from. */
type Supply<S> =
  /** A formula of random numbers, made ready once for each source. */
  | { readonly type: 'generate'; readonly generate: (source: S) => Generate }
  /** Rows that the spec holds, to be drawn from. */
  | { readonly type: 'memory'; readonly rows: (source: S) => { readonly count: number; readonly fields: Batch } }
  /** Rows of files, which a reader in `data` reads; `paths` names the source's fields that hold a path. */
  | { readonly type: 'file'; readonly paths: readonly (keyof S & string)[] }

/** A mode: a Gaussian with a standard deviation per axis. */
export interface Component {
  readonly mean: readonly number[]
  readonly std: readonly number[]
  /** The weights of a source's components sum to 1. */
  readonly weight: number
}

/** All that is known of one kind of source. */
export interface SourceDefinition<S> {
  readonly role: 'noise' | 'data'
  readonly codec: () => t.Type<S, unknown>
  /** The shape of each field of one sample. `x` is the sample itself, `label` its class, one-hot. */
  readonly fields: (source: S) => Shapes
  /** The fields that are a class, one-hot; `label` where absent. */
  readonly oneHot?: (source: S) => readonly string[]
  /** Between which numbers all but a few of `x` lie, where the source itself says so. */
  readonly bounds?: (source: S) => Bounds | undefined
  /** Black and white in its images, where `bounds` does not say them. */
  readonly imageBounds?: Bounds
  /** What the codec does not see: fields that do not go together. */
  readonly check: (source: S) => readonly Problem[]
  readonly supply: Supply<S>
  /** log p(x) in nats, of field `x` alone (row-major); -Infinity outside of the support. Absent where it has no closed form. */
  readonly logDensity?: (source: S) => (x: readonly number[]) => number
  /** The modes of a mixture of Gaussians. */
  readonly components?: (source: S) => readonly Component[]
  /** The probability of each outcome, in the order of the one-hot vector or of the rows. */
  readonly probabilities?: (source: S) => readonly number[]
}
