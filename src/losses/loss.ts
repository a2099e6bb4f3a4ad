import { named, type Parameters, type Piece } from '../dsl/objectives/piece.ts'
import type { Loss } from '../dsl/objectives/symbols.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import type { Term } from '../dsl/terms/term.ts'
import type { LossTheory } from './lossTheory.ts'

/** A loss of the library: its name in the table, what it was given, both players' objectives, and what theory says of them. */
export interface NamedLoss<R extends boolean = boolean> extends Loss, Piece {
  /** Absent where a parameter changes with the step. */
  readonly theory: () => LossTheory | undefined
  /** Whether the objectives are compared as a whole, because their form does not decide D's best reply point by point. */
  readonly whole: boolean
  /** Whether it reads D as an autoencoder, whose output has the shape of a sample. */
  readonly reconstructs: R
}

interface Parts<R extends boolean> extends Loss {
  readonly name: string
  readonly parameters?: Parameters
  readonly theory: () => LossTheory | undefined
  readonly whole?: true
  readonly reconstructs: R
}

/**
 * One loss, as a row of `losses.ts` has it. A spread copy of it is a loss of one's own: it keeps the objectives alone.
 *
 * @example export const hinge = loss({ name: 'hinge', discriminator: minimise(...), generator: minimise(...), theory: () => ({ ... }) })
 */
export const loss = (parts: Omit<Parts<false>, 'reconstructs'>): NamedLoss<false> =>
  autoencoderLoss({ ...parts, reconstructs: false })

/** A loss that may read D as an autoencoder: `reconstructs` says whether it does. */
export const autoencoderLoss = <R extends boolean>({
  name,
  parameters = {},
  discriminator,
  generator,
  theory,
  whole,
  reconstructs,
}: Parts<R>): NamedLoss<R> => {
  const objectives = named(name, parameters, { discriminator, generator })
  const known = { theory: { value: theory }, whole: { value: whole === true }, reconstructs: { value: reconstructs } }
  return Object.defineProperties(objectives, known) as typeof objectives &
    Pick<NamedLoss<R>, 'theory' | 'whole' | 'reconstructs'>
}

/** A loss with variables in place of its parameters. */
export interface Form {
  readonly loss: NamedLoss
  readonly holes: readonly string[]
  /** The loss whose parameters these numbers give. */
  readonly solved: (numbers: { readonly [hole: string]: number }) => NamedLoss
}

/** D's payoffs at a value, from which a loss may solve its parameters. */
export interface Shown {
  readonly onData: (value: number) => number
  readonly onSamples: (value: number) => number
}

/** How the parameters of a loss are found again. */
export interface Finding {
  /** Makes the loss of what a spec keeps of it, where its options say that otherwise. */
  readonly read?: (parameters: never) => NamedLoss
  /** The forms in which it is recognised, with a hole for each parameter. */
  readonly forms?: () => readonly Form[]
  /** The losses whose parameters D's payoffs at a few values show. */
  readonly solve?: (shown: Shown) => readonly NamedLoss[]
  /** The losses whose parameters are more than numbers, as an objective shows them. */
  readonly within?: (objective: Term) => readonly NamedLoss[]
}

/** A row of a table of losses: a loss without parameters, or the constructor of one that has some. */
export type LossRow = NamedLoss | (((options: never) => NamedLoss) & Finding)

/** A constructor of a loss, with how its parameters are found in an objective that a user wrote. */
export const parametric = <A extends object, F extends Finding>(make: A, finding: F): A & F =>
  Object.assign(make, finding)

/** A variable that stands in a form's place of a parameter. */
export const hole = (name: string): Expr<'batch', [], never> => ({ term: { op: 'variable', name } })

/** What theory says of parameters that are numbers; nothing of schedules. */
export const ofNumbers = <K extends string>(
  parameters: { readonly [N in K]: unknown },
  theory: (numbers: { readonly [N in K]: number }) => LossTheory,
): (() => LossTheory | undefined) => {
  const areNumbers = (all: { readonly [N in K]: unknown }): all is { readonly [N in K]: number } =>
    Object.values(all).every((value) => typeof value === 'number')
  return () => (areNumbers(parameters) ? theory(parameters) : undefined)
}
