import { binaryNames, unaryNames } from '../../ir/ops/elementwise.ts'
import { keysOf, recordOf } from '../../ir/recordOf.ts'
import { type AcrossParametersTerm, acrossParametersDefinition } from './acrossParameters.ts'
import { type ApplyTerm, applyDefinition } from './apply.ts'
import { type ProgressTerm, progressDefinition, type StepTerm, stepDefinition } from './clock.ts'
import { type ConcatTerm, concatDefinition } from './concat.ts'
import { type ConvolutionTerm, convolutionDefinition } from './convolution.ts'
import type { TermDefinition } from './definition.ts'
import { type GivenTerm, givenDefinition, type NoiseTerm, noiseDefinition } from './draw.ts'
import {
  type BinaryTerm,
  binaryDefinition,
  type SelectTerm,
  selectDefinition,
  type UnaryTerm,
  unaryDefinition,
} from './elementwiseTerms.ts'
import { type EveryTerm, everyDefinition } from './every.ts'
import { type GradTerm, gradDefinition } from './grad.ts'
import { type GatherTerm, gatherDefinition, type ScatterTerm, scatterDefinition } from './indexing.ts'
import { type KernelsTerm, kernelsDefinition } from './kernels.ts'
import { type NumberTerm, numberDefinition, type TensorTerm, tensorDefinition } from './literal.ts'
import { type MatmulTerm, matmulDefinition } from './matmul.ts'
import { type PreviousTerm, previousDefinition, type SlotTerm, slotDefinition } from './memory.ts'
import {
  type PadTerm,
  padDefinition,
  type ReshapeTerm,
  reshapeDefinition,
  type SliceTerm,
  sliceDefinition,
  type TransposeTerm,
  transposeDefinition,
} from './movement.ts'
import { type OverBatchTerm, overBatchDefinition } from './overBatch.ts'
import { type PairTerm, pairDefinition } from './pair.ts'
import { type RangedTerm, rangedDefinition } from './ranged.ts'
import { type ReductionTerm, reductionDefinition } from './reduction.ts'
import { type IndexTerm, indexDefinition, type SampleTerm, sampleDefinition } from './sampled.ts'
import { type VariableTerm, variableDefinition } from './variable.ts'

/**
 * Expressions as data: the one language of objectives, penalties, activations, schedules and optimizers.
 *
 * A term's value is constant, per sample, or per pair of samples; the shapes and axes written in a term are those of one
 * value, without the batch. Two terms that are structurally equal are one expression.
 */
export type Term =
  | UnaryTerm
  | BinaryTerm
  | ReductionTerm
  | ConvolutionTerm
  | ReshapeTerm
  | NumberTerm
  | TensorTerm
  | VariableTerm
  | StepTerm
  | ProgressTerm
  | IndexTerm
  | SampleTerm
  | NoiseTerm
  | GivenTerm
  | ApplyTerm
  | SlotTerm
  | PreviousTerm
  | GradTerm
  | OverBatchTerm
  | EveryTerm
  | AcrossParametersTerm
  | KernelsTerm
  | PairTerm
  | RangedTerm
  | SelectTerm
  | MatmulTerm
  | TransposeTerm
  | ConcatTerm
  | SliceTerm
  | PadTerm
  | GatherTerm
  | ScatterTerm

/** The kinds of terms whose op may be `K`. */
type TermOf<K> = Term extends infer T ? (T extends { readonly op: infer O } ? (K extends O ? T : never) : never) : never

/** The table of all kinds of terms. A missing or incomplete definition does not compile. */
export const termTable: { readonly [K in Term['op']]: TermDefinition<TermOf<K>> } = {
  ...recordOf([...unaryNames, 'square', 'stopGradient'], () => unaryDefinition),
  ...recordOf(binaryNames, () => binaryDefinition),
  sum: reductionDefinition,
  mean: reductionDefinition,
  max: reductionDefinition,
  conv2d: convolutionDefinition,
  conv2dInput: convolutionDefinition,
  conv2dFilter: convolutionDefinition,
  reshape: reshapeDefinition,
  broadcast: reshapeDefinition,
  number: numberDefinition,
  tensor: tensorDefinition,
  variable: variableDefinition,
  step: stepDefinition,
  progress: progressDefinition,
  index: indexDefinition,
  sample: sampleDefinition,
  noise: noiseDefinition,
  given: givenDefinition,
  apply: applyDefinition,
  slot: slotDefinition,
  previous: previousDefinition,
  grad: gradDefinition,
  E: overBatchDefinition,
  maxOverBatch: overBatchDefinition,
  every: everyDefinition,
  acrossParameters: acrossParametersDefinition,
  kernels: kernelsDefinition,
  pair: pairDefinition,
  ranged: rangedDefinition,
  select: selectDefinition,
  matmul: matmulDefinition,
  transpose: transposeDefinition,
  concat: concatDefinition,
  slice: sliceDefinition,
  pad: padDefinition,
  gather: gatherDefinition,
  scatter: scatterDefinition,
}

export const termOps = keysOf(termTable)

/** The definition of a term's own kind. */
export const definitionOf = (term: Term): TermDefinition<Term> => termTable[term.op]
