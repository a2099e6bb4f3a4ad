import type * as t from '#io-ts'
import type { Problem } from '../../errors/specError.ts'
import type { Bounds } from '../types/bounds.ts'
import type { Shapes } from '../types/shape.ts'
import type { SourceData } from './table.ts'

declare const fieldShapes: unique symbol
/** A source: its data, and as a type only the shapes of a sample's fields. */
export type Source<F extends Shapes = Shapes> = SourceData & { readonly [fieldShapes]?: F | undefined }

/** The values of each field, sample after sample, row-major. */
export type Batch = { readonly [field: string]: Float32Array }

/** Fills arrays with random numbers, sample after sample. Every call draws new ones. */
export interface SourceRandom {
  /** Uniform on [0, 1). */
  readonly uniform: (out: Float32Array) => void
  /** Standard normal. */
  readonly normal: (out: Float32Array) => void
}

/** Writes `count` samples to the fields in `out`. Sample i depends only on its own random numbers. */
export type Generate = (count: number, random: SourceRandom, out: Batch) => void

/** Where samples come from. */
type Supply<S> =
  /** A formula of random numbers, prepared once per source. */
  | { readonly type: 'generate'; readonly generate: (source: S) => Generate }
  /** Rows in the spec itself. */
  | { readonly type: 'memory'; readonly rows: (source: S) => { readonly count: number; readonly fields: Batch } }
  /** Rows of files, which a reader in `data` reads; `paths` names the source's fields that hold a path. */
  | { readonly type: 'file'; readonly paths: readonly (keyof S & string)[] }

/** A mode: a Gaussian with a standard deviation per axis. */
export interface Component {
  readonly mean: readonly number[]
  readonly std: readonly number[]
  /** The weights of all components sum to 1. */
  readonly weight: number
}

/** The definition of one kind of source. */
export interface SourceDefinition<S> {
  readonly role: 'noise' | 'data'
  readonly codec: () => t.Type<S, unknown>
  /** The shape of each field of one sample. `x` is the sample itself, `label` its class, one-hot. */
  readonly fields: (source: S) => Shapes
  /** The fields with one-hot classes; `label` by default. */
  readonly oneHot?: (source: S) => readonly string[]
  /** The bounds of nearly all numbers of `x`, if the source states them. */
  readonly bounds?: (source: S) => Bounds | undefined
  /** The values of black and white in its images, if `bounds` gives none. */
  readonly imageBounds?: Bounds
  /** Problems that the codec does not find: fields that contradict each other. */
  readonly check: (source: S) => readonly Problem[]
  readonly supply: Supply<S>
  /** log p(x) in nats, of field `x` (row-major); -Infinity outside of the support. Absent without a closed form. */
  readonly logDensity?: (source: S) => (x: readonly number[]) => number
  /** The modes of a mixture of Gaussians. */
  readonly components?: (source: S) => readonly Component[]
  /** The probability of each outcome, in the order of the one-hot vector or of the rows. */
  readonly probabilities?: (source: S) => readonly number[]
}
