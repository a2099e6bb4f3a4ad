import * as R from '#fp-ts/ReadonlyRecord'
import type { SourceData } from '../dsl/sources/table.ts'
import type { Term } from '../dsl/terms/term.ts'
import type { NumberOf } from '../measure/metrics/metric.ts'
import type { GameSpec } from '../spec/spec.ts'

/** What a paper's table says in one place. */
export type Published =
  | { readonly type: 'number'; readonly mean: number; readonly spread?: number }
  /** A statement that holds or does not, of a column of verdicts. */
  | { readonly type: 'verdict'; readonly isTrue: boolean }

/** A column of the table. */
export type Column =
  | { readonly type: 'number'; readonly name: string; readonly digits: number; readonly unit?: '%' }
  /** A number below which something is said to hold. */
  | {
      readonly type: 'verdict'
      readonly name: string
      readonly below: number
      readonly yes: string
      readonly no: string
    }

/** What is measured of a trained game: a number for each column. */
export type Evaluation =
  /** How samples cover the modes of a mixture of Gaussians: the numbers of the metric `modes`. */
  | { readonly type: 'modes'; readonly source: string; readonly generated: Term; readonly samples: number }
  /** Terms of one number per batch, by metric, averaged over so many batches. */
  | { readonly type: 'terms'; readonly terms: { readonly [metric: string]: Term }; readonly batches: number }
  /**
   * Which triples of classes a trained classifier sees in the three channels of generated images: the numbers of the metric
   * `classCoverage`, and `accuracy`, the classifier's own on its test set. The rows of one protocol share their classifier.
   */
  | {
      readonly type: 'stacked'
      readonly generated: Term
      readonly samples: number
      readonly classifier: Classifier
    }

/** A game of one player that trains a classifier of images of one channel. */
export interface Classifier {
  readonly game: GameSpec
  /** A network of one input and one number per class. */
  readonly network: string
  readonly input: string
  /** Images and labels that it was not trained on. */
  readonly test: SourceData
}

/** One line of the table. */
export interface Row {
  readonly name: string
  /** With the paper's number of steps. */
  readonly game: GameSpec
  /** What is trained before, to its own end: the game starts with those of its networks that this one has. */
  readonly first?: GameSpec
  readonly evaluation: Evaluation
  /** By metric; a metric that the paper has no number for is absent. Empty where the row is in no paper. */
  readonly published: { readonly [metric: string]: Published }
}

/** How a published table is made again: data alone. */
export interface Protocol {
  /** What the command line calls it. */
  readonly name: string
  readonly paper: string
  /** Where in the paper the numbers are. */
  readonly place: string
  /** Trials that the paper's numbers are of, and what it says of their spread; absent where there is no paper. */
  readonly trials: number
  readonly spread?: string
  readonly metrics: { readonly [metric: string]: Column }
  readonly rows: readonly Row[]
  /** What the settings are taken from, and which could not be found. */
  readonly settings: readonly string[]
  /** How long a trial takes, in words. */
  readonly duration: string
  /** Where the data is files: what they are. */
  readonly files?: string
}

/** The columns of a metric's numbers. */
export const columnsOf = <A, K extends string>(
  numbers: {
    readonly [N in K]: NumberOf<A>
  },
): { readonly [N in K]: Column } =>
  R.map(
    ({ name, digits, unit }: NumberOf<A>): Column => ({
      type: 'number',
      name,
      digits,
      ...(unit !== undefined && { unit }),
    }),
  )(numbers)

export const measured = (mean: number, spread?: number): Published => ({
  type: 'number',
  mean,
  ...(spread !== undefined && { spread }),
})
