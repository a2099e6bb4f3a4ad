import type { BinaryOp, Shape, UnaryOp } from '../../ir/program.ts'

/** The kinds of numbers that have a range of their own: see `ranges`. */
export type RangeKind =
  | 'rate'
  | 'decay'
  | 'weight'
  | 'probability'
  | 'ratio'
  | 'fraction'
  | 'deviation'
  | 'factor'
  | 'duration'
  | 'period'

/**
 * Expressions as data: the one language of objectives, penalties, activations, schedules and optimizers.
 *
 * A term's value is constant, per sample, or per pair of samples; the shapes and axes written in a term are those of one
 * value, without the batch. Two terms that are structurally equal are one expression.
 */
export type Term =
  | { readonly op: 'number'; readonly value: number }
  | { readonly op: 'tensor'; readonly shape: Shape; readonly values: readonly number[] }
  /**
   * Bound where the term is used: `t` in an activation; in an optimizer `parameter`, `gradient` and `updates`, the number
   * of updates that the player has made before this one.
   */
  | { readonly op: 'variable'; readonly name: string }
  /** The number of the step, from 0. */
  | { readonly op: 'step' }
  /** The part of the game that is done before this step: the step over the game's number of steps, 0 at first. */
  | { readonly op: 'progress' }
  /** The number of a sample within its batch, from 0. */
  | { readonly op: 'index' }
  /** A field of a sample of a source. Equal names are the same draw; `shared` ones are so in every update of a step. */
  | {
      readonly op: 'sample'
      readonly source: string
      readonly field: string
      readonly draw?: string
      readonly shared?: true
    }
  /** Random numbers per sample: uniform on [0, 1) or standard normal. Where samples are packed, `perPack` ones are one per pack. */
  | {
      readonly op: 'noise'
      readonly distribution: 'uniform' | 'normal'
      readonly shape: Shape
      readonly draw: string
      readonly shared?: true
      readonly perPack?: true
    }
  /** A value per sample that the host gives: used to ask a trained network, never in a game. */
  | { readonly op: 'given'; readonly name: string; readonly shape: Shape }
  /**
   * A network applied to values per sample, by input name; one of several outputs by `output`. `name` tells apart dropout
   * masks. Where `logits` is set, the network's last layer must not be a sigmoid: the expression applies its own.
   */
  | {
      readonly op: 'apply'
      readonly network: string
      readonly inputs: { readonly [input: string]: Term }
      readonly output?: string
      readonly name?: string
      readonly logits?: true
    }
  /**
   * Memory: `initial` at first; after each accepted update of the player whose objective or optimizer holds it, `update`.
   * Without a shape it is a scalar in an objective, and has the parameter's shape in an optimizer.
   */
  | {
      readonly op: 'slot'
      readonly name: string
      readonly shape?: Shape
      readonly initial: number
      readonly update: Term
    }
  /** The value of the slot of that name, within its own update. */
  | { readonly op: 'previous'; readonly slot: string }
  /** The gradient of the batch's sum of `of` (one number per sample) with respect to each sample of `by`. */
  | { readonly op: 'grad'; readonly of: Term; readonly by: Term }
  /** The mean, or the largest, over the innermost of pair and sample, element by element. */
  | { readonly op: 'E' | 'largest'; readonly of: Term }
  /** `period` times a number at every `period`th step, from step 0 on; 0 at the others, where it is not computed. */
  | { readonly op: 'every'; readonly period: number; readonly of: Term }
  /** The sum over a network's matrices of weights, from rows to channels, of a number in which each is the variable `kernel`. */
  | { readonly op: 'kernels'; readonly network: string; readonly of: Term }
  /** In an optimizer: the sum over all parameters that the player moves of a number that is made for each. */
  | { readonly op: 'acrossParameters'; readonly of: Term }
  /** A number that has to stay in the range of its kind at every step; its value is that of `of`. */
  | { readonly op: 'ranged'; readonly kind: RangeKind; readonly of: Term }
  /** A value per sample, read at the other sample of each pair. */
  | { readonly op: 'pair'; readonly of: Term }
  | { readonly op: UnaryOp | 'square' | 'stopGradient'; readonly of: Term }
  | { readonly op: BinaryOp; readonly left: Term; readonly right: Term }
  | { readonly op: 'select'; readonly condition: Term; readonly chosen: Term; readonly otherwise: Term }
  /** Over the given axes of one value, all where absent; those axes vanish. */
  | { readonly op: 'sum' | 'mean' | 'max'; readonly of: Term; readonly axes?: readonly number[] }
  | {
      readonly op: 'matmul'
      readonly left: Term
      readonly right: Term
      readonly transposeLeft: boolean
      readonly transposeRight: boolean
    }
  | {
      readonly op: 'conv2d' | 'conv2dInput' | 'conv2dFilter'
      readonly left: Term
      readonly right: Term
      readonly strides: readonly [number, number]
      readonly padding: readonly [readonly [number, number], readonly [number, number]]
      /** Height and width of what is made, for conv2dInput and conv2dFilter. */
      readonly size?: readonly [number, number]
    }
  | { readonly op: 'reshape' | 'broadcast'; readonly of: Term; readonly shape: Shape }
  | { readonly op: 'transpose'; readonly of: Term; readonly permutation: readonly number[] }
  | { readonly op: 'concat'; readonly parts: readonly Term[]; readonly axis: number }
  | { readonly op: 'slice'; readonly of: Term; readonly starts: readonly number[]; readonly sizes: readonly number[] }
  | { readonly op: 'pad'; readonly of: Term; readonly before: readonly number[]; readonly after: readonly number[] }
  /** Rows of a table (constant) by whole-numbered indices. */
  | { readonly op: 'gather'; readonly table: Term; readonly indices: Term }
  | { readonly op: 'scatter'; readonly updates: Term; readonly indices: Term; readonly size: number }
