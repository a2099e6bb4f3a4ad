import { named, type Parameters, type Piece } from '../dsl/objectives/piece.ts'
import type { Loss } from '../dsl/objectives/symbols.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import type { Term } from '../dsl/terms/term.ts'
import type { LossTheory } from './lossTheory.ts'

/** A loss of the library: its name in the table, its parameters, both players' objectives, and its theory. */
export interface NamedLoss<R extends boolean = boolean> extends Loss, Piece {
  /** `undefined` if a parameter changes with the step. */
  readonly theory: () => LossTheory | undefined
  /** Whether recognition compares the whole objectives, because D's best reply is not decided point by point. */
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
 * Makes a loss for a row of `losses.ts`. A spread copy of it keeps only the objectives, and counts as the user's own loss.
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

/** A pattern of a loss: its objectives with variables in place of its parameters. */
export interface Form {
  readonly loss: NamedLoss
  readonly holes: readonly string[]
  /** The loss with these numbers as its parameters. */
  readonly solved: (numbers: { readonly [hole: string]: number }) => NamedLoss
}

/** D's payoffs as functions of its value, from which a loss can solve for its parameters. */
export interface Shown {
  readonly onData: (value: number) => number
  readonly onSamples: (value: number) => number
}

/** How the parameters of a loss are recovered from a spec or an objective. */
export interface Finding {
  /** Makes the loss from its stored parameters, if these differ from the constructor's options. */
  readonly read?: (parameters: never) => NamedLoss
  /** Patterns that recognise the loss, with a hole for each parameter. */
  readonly forms?: () => readonly Form[]
  /** Solves for the parameters from a few values of D's payoffs. */
  readonly solve?: (shown: Shown) => readonly NamedLoss[]
  /** Finds losses in an objective whose parameters are not only numbers. */
  readonly within?: (objective: Term) => readonly NamedLoss[]
}

/** A row of the table of losses: a loss without parameters, or the constructor of a loss with parameters. */
export type LossRow = NamedLoss | (((options: never) => NamedLoss) & Finding)

/** Attaches to a constructor how its parameters are recovered. */
export const parametric = <A extends object, F extends Finding>(make: A, finding: F): A & F =>
  Object.assign(make, finding)

/** A variable that stands for a parameter in a pattern. */
export const hole = (name: string): Expr<'batch', [], never> => ({ term: { op: 'variable', name } })

/** The theory for parameters that are numbers; `undefined` for schedules. */
export const ofNumbers = <K extends string>(
  parameters: { readonly [N in K]: unknown },
  theory: (numbers: { readonly [N in K]: number }) => LossTheory,
): (() => LossTheory | undefined) => {
  const areNumbers = (all: { readonly [N in K]: unknown }): all is { readonly [N in K]: number } =>
    Object.values(all).every((value) => typeof value === 'number')
  return () => (areNumbers(parameters) ? theory(parameters) : undefined)
}
