import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { ArgumentError } from '../codecs/argument.ts'
import { didYouMean } from '../codecs/failures.ts'
import type { Parameter, Parameters, Piece } from '../dsl/objectives/piece.ts'
import type { Loss, Penalty, ShapedPenalty } from '../dsl/objectives/symbols.ts'
import type { View } from '../dsl/objectives/view.ts'
import type { Expr } from '../dsl/terms/expression.ts'
import { withVariables } from '../dsl/terms/rewrite.ts'
import type { Term } from '../dsl/terms/term.ts'
import { quoted } from '../errors/quoted.ts'
import { type SpecError, specError } from '../errors/specError.ts'
import type { NamedLoss } from '../losses/loss.ts'
import * as losses from '../losses/losses.ts'
import * as penalties from '../losses/penalties.ts'
import * as changes from '../views/changes.ts'
import * as views from '../views/views.ts'

type Constructor<A> = ((...parameters: never) => A) & { readonly read?: (parameters: never) => A }

/** A table of a kind. A row without parameters is the value itself, any other the constructor. */
interface Table<A> {
  readonly [name: string]: A | Constructor<A>
}

/** Makes the value that a name and its parameters stand for. The error names the place in the spec. */
const made = <A extends object>(
  kind: string,
  table: Table<A>,
  { name, parameters }: Piece,
  path: readonly string[],
): E.Either<SpecError, A> => {
  const row = Object.hasOwn(table, name) ? table[name] : undefined
  if (row === undefined) {
    const names = Object.keys(table)
    const hint = `${didYouMean(name, names)}The names are ${names.join(', ')}.`
    return E.left(specError([...path, 'name'], { expected: `the name of ${kind}`, found: quoted(name), hint }))
  }
  if (!isConstructor(row)) return E.right(row)
  const refused = ({ error: { message, hint } }: ArgumentError): SpecError =>
    specError([...path, 'parameters'], { expected: `what ${name} takes`, found: message, hint })
  return pipe(
    options(parameters, path),
    E.flatMap((given) => tryCall(() => call(row.read ?? row, given), refused)),
  )
}

const isConstructor = <A extends object>(row: A | Constructor<A>): row is Constructor<A> => typeof row === 'function'

/** Calls a constructor with options from a spec, which have no static type. The constructor checks them. */
const call = <A>(construct: (...options: never) => A, options: object): A =>
  (construct as (options: object) => A)(options)

/** Calls a constructor, and turns its `ArgumentError` into an error of the spec. */
export const tryCall = <A>(make: () => A, refused: (error: ArgumentError) => SpecError): E.Either<SpecError, A> =>
  E.tryCatch(make, (error) => {
    if (!(error instanceof ArgumentError)) throw error
    return refused(error)
  })

/** Parameters as options of a constructor: a piece becomes a view, a list of pieces a function of the probability (the variable t). */
const options = (parameters: Parameters, path: readonly string[]): E.Either<SpecError, object> =>
  pipe(
    Object.entries(parameters),
    E.traverseArray(([name, each]) =>
      pipe(
        option(each, [...path, 'parameters', name]),
        E.map((value) => [name, value] as const),
      ),
    ),
    E.map((entries) => Object.fromEntries(entries)),
  )

const option = (parameter: Parameter, path: readonly string[]): E.Either<SpecError, unknown> => {
  if (typeof parameter !== 'object' || 'term' in parameter) return E.right(parameter)
  if (!isList(parameter)) return viewOf(parameter, path)
  return pipe(
    parameter,
    E.traverseArray((piece) => viewOf(piece, path)),
    E.map(() => (probability: Expr) => parameter.map((piece) => knownView(at(probability.term)(piece)))),
  )
}

const isList = (parameter: Piece | readonly Piece[]): parameter is readonly Piece[] => Array.isArray(parameter)

/** Replaces the variable t in a piece by a probability. */
const at =
  (t: Term) =>
  ({ name, parameters }: Piece): Piece => ({
    name,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([key, each]) => [
        key,
        typeof each === 'object' && 'term' in each ? { term: withVariables(each.term, { t }) } : each,
      ]),
    ),
  })

const knownView = (piece: Piece): View => {
  const view = viewOf(piece, [])
  if (E.isLeft(view)) throw new ArgumentError('views.adaptive', 'views', view.left)
  return view.right
}

/** A view by its name. */
export const viewOf = (piece: Piece, path: readonly string[]): E.Either<SpecError, View> =>
  made<View>('a view', views, piece, path)

/** A penalty by its name. */
export const penaltyOf = (piece: Piece, path: readonly string[]): E.Either<SpecError, Penalty | ShapedPenalty> =>
  made<Penalty | ShapedPenalty>('a penalty', penalties, piece, path)

/** A loss by its name. */
export const lossOf = (piece: Piece, path: readonly string[]): E.Either<SpecError, NamedLoss> =>
  made<NamedLoss>('a loss', losses, piece, path)

/** A change of a loss by its name. */
export const changeOf = (piece: Piece, path: readonly string[]): E.Either<SpecError, (loss: Loss) => Loss> =>
  made<(loss: Loss) => Loss>('a change of a loss', changes, piece, path)
