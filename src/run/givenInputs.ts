import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type { Elaborated } from '../compile/elaborate.ts'
import { isOneHot } from '../dsl/sources/table.ts'
import { rewrite } from '../dsl/terms/rewrite.ts'
import type { Term } from '../dsl/terms/term.ts'
import { subterms } from '../dsl/terms/termParts.ts'
import { type RunError, runError } from '../errors/runError.ts'
import { at, present } from '../ir/present.ts'
import { type Shape, showShape, size } from '../ir/program.ts'
import type { GameSpec } from '../spec/spec.ts'

/**
 * Values for inputs of the generator, in place of the game's own draws: the numbers of one sample, row-major. For a label, one whole
 * number is a class, from 0, and 'all' takes the classes in turn, sample by sample.
 */
export type Inputs = { readonly [input: string]: readonly number[] | 'all' }

/** An input of a network, and its rows of values. Sample i gets row i; after the last row they start again. */
export interface GivenInput {
  readonly network: string
  readonly name: string
  readonly shape: Shape
  readonly rows: readonly (readonly number[])[]
}

/** An input that may be given: of the generator, or of a network before it, such as a mapping network or an embedding. */
interface Place {
  readonly network: string
  readonly name: string
  readonly shape: Shape
  /** Whether the game feeds it a label, so that one number means a class. */
  readonly ofClasses: boolean
}

/** All inputs that may be given, those of the generator first. If two have the same name, the one nearer to the samples wins. */
const placesIn = ({ game, networks }: Elaborated, generated: Term): readonly Place[] => {
  const applications = subterms(generated).flatMap((term) => (term.op === 'apply' ? [term] : []))
  const places = [...applications]
    .reverse()
    .flatMap(({ network, inputs }) =>
      Object.entries(present(networks[network], network).inputs).map(
        ([name, shape]): Place => ({ network, name, shape, ofClasses: isLabel(game, inputs[name]) }),
      ),
    )
  return places.filter(({ name }, i) => places.findIndex((other) => other.name === name) === i)
}

const isLabel = ({ sources }: GameSpec, term: Term | undefined): boolean => {
  const source = term?.op === 'sample' ? sources[term.source] : undefined
  return term?.op === 'sample' && source !== undefined && isOneHot(source, term.field)
}

const classesOf = ({ shape }: Place): string =>
  size(shape) === 1 ? 'class 0, the only one' : `a class from 0 to ${size(shape) - 1}`

const described = (place: Place): string => {
  const numbers = size(place.shape) === 1 ? 'a number' : `${size(place.shape)} numbers`
  return `${place.name} (${place.ofClasses ? classesOf(place) : numbers})`
}

const oneHot = (index: number, classes: number): readonly number[] =>
  Array.from({ length: classes }, (_, i) => (i === index ? 1 : 0))

/** The rows for a given value; left says what was expected. */
const rowsOf = (
  place: Place,
  value: readonly number[] | 'all',
  hint: string,
): E.Either<RunError, GivenInput['rows']> => {
  const { name, shape, ofClasses } = place
  const wrong = (message: string) => E.left(runError({ type: 'input', name }, message, hint))
  const classes = size(shape)
  if (value === 'all')
    return ofClasses
      ? E.right(Array.from({ length: classes }, (_, i) => oneHot(i, classes)))
      : wrong(`expected ${classes} numbers for shape ${showShape(shape)}, found all`)
  const [index, ...others] = value
  if (!ofClasses || index === undefined || others.length > 0)
    return value.length === classes
      ? E.right([value])
      : wrong(`expected ${classes} numbers for shape ${showShape(shape)}, found ${value.length}`)
  // One number is a class, even if there is only one class and its one-hot vector has length 1.
  return Number.isInteger(index) && index >= 0 && index < classes
    ? E.right([oneHot(index, classes)])
    : wrong(`expected ${classesOf(place)}, found ${index}`)
}

const makerOf = (generated: Term): string => (generated.op === 'apply' ? generated.network : 'what makes the samples')

/** Checks the given values. Left: the error of the first wrong one. */
export const givenInputs = (
  elaborated: Elaborated,
  generated: Term,
  inputs: Inputs,
): E.Either<RunError, readonly GivenInput[]> => {
  const places = placesIn(elaborated, generated)
  const all = `The inputs are ${places.map(described).join(', ')}.`
  return E.traverseArray(
    ([name, value]: readonly [string, readonly number[] | 'all']): E.Either<RunError, GivenInput> => {
      const place = places.find((each) => each.name === name)
      if (place === undefined)
        return E.left(runError({ type: 'input', name }, `${makerOf(generated)} has no such input`, all))
      const { network, shape } = place
      return pipe(
        rowsOf(place, value, all),
        E.map((rows) => ({ network, name, shape, rows })),
      )
    },
  )(Object.entries(inputs))
}

/** Replaces the game's inputs by the given ones in a term. */
export const withGiven = (generated: Term, given: readonly GivenInput[]): Term =>
  rewrite(generated, (term) => {
    if (term.op !== 'apply') return term
    const own = given.filter(({ network }) => network === term.network)
    const values = own.map(({ name, shape }) => [name, { op: 'given' as const, name, shape }] as const)
    return own.length === 0 ? term : { ...term, inputs: { ...term.inputs, ...Object.fromEntries(values) } }
  })

/** The values of `count` samples, from sample `first` on. */
export const rowsFrom = (rows: GivenInput['rows'], first: number, count: number): Float32Array =>
  Float32Array.from(Array.from({ length: count }, (_, i) => at(rows, (first + i) % rows.length)).flat())
