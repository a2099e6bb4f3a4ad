import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { BackendError, Executable, Store } from '../backends/backend.ts'
import type { Elaborated } from '../compile/elaborate.ts'
import { compileQuery, givenDraw } from '../compile/query.ts'
import { type Application, rolesOf } from '../compile/roles.ts'
import { type Program, type Shape, showShape, size } from '../ir/program.ts'
import type { Draws, Feeder } from './draws.ts'
import { invalidSpec, type RunError, runError, type TrainError } from './errors.ts'

/** What a game's generator made: sample after sample, row-major. */
export interface Samples {
  /** Of one sample. */
  readonly shape: Shape
  readonly count: number
  readonly values: Float32Array
}

/** Values for inputs of the generator, instead of what the game gives it: of one sample, row-major. */
export type Inputs = { readonly [input: string]: readonly number[] }

/** A question to a game: what does its generator make? */
export interface SampleQuery {
  readonly program: Program
  readonly shape: Shape
  readonly given: { readonly [draw: string]: Float32Array }
}

/** Samples are made in batches of so many, so that the first ones are the same however many are asked for. */
const batch = 64

const metric = 'sample'

/** The program that asks for samples; an error where the game has no generator, or not these inputs. */
export const sampleQuery = (elaborated: Elaborated, inputs: Inputs = {}): E.Either<TrainError, SampleQuery> => {
  const roles = rolesOf(elaborated)
  if (E.isLeft(roles))
    return E.left(runError('the game', `it has no generator: ${roles.left}`, 'Samples are those that a critic judges.'))
  const { generated } = roles.right
  return pipe(
    givenInputs(elaborated, generated, inputs),
    E.bindTo('given'),
    E.bindW('program', ({ given }) =>
      pipe(
        compileQuery(
          elaborated,
          { [metric]: withGiven(generated, given) },
          { batch, stream: 'samples', averaged: true },
        ),
        E.mapLeft(invalidSpec),
      ),
    ),
    E.map(({ given, program }) => ({
      program,
      shape: program.nodes[program.metrics[metric] ?? 0]?.shape.slice(1) ?? [],
      given: Object.fromEntries(given.map(({ name, value }) => [givenDraw(name), repeated(value)])),
    })),
  )
}

interface GivenInput {
  readonly name: string
  readonly shape: Shape
  readonly value: readonly number[]
}

const givenInputs = (
  { networks }: Elaborated,
  { network }: Application,
  inputs: Inputs,
): E.Either<RunError, readonly GivenInput[]> => {
  const shapes = networks[network]?.inputs ?? {}
  return E.traverseArray(([name, value]: readonly [string, readonly number[]]): E.Either<RunError, GivenInput> => {
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined
    if (shape === undefined)
      return E.left(
        runError(`input ${name}`, `${network} has no such input`, `Its inputs are ${Object.keys(shapes).join(', ')}.`),
      )
    const whole = oneHot(value, shape)
    if (whole.length === size(shape)) return E.right({ name, shape, value: whole })
    const message = `expected ${size(shape)} numbers for shape ${showShape(shape)}, found ${value.length}`
    return E.left(runError(`input ${name}`, message, 'Give a number per element, or the index of a class.'))
  })(Object.entries(inputs))
}

/** One whole number for a vector is a class. */
const oneHot = (value: readonly number[], shape: Shape): readonly number[] => {
  const [index] = value
  const [classes = 0] = shape
  const isClass = value.length === 1 && shape.length === 1 && classes > 1
  return isClass && index !== undefined && Number.isInteger(index) && index >= 0 && index < classes
    ? Array.from({ length: classes }, (_, i) => (i === index ? 1 : 0))
    : value
}

const withGiven = (generated: Application, given: readonly GivenInput[]): Application => ({
  ...generated,
  inputs: {
    ...generated.inputs,
    ...Object.fromEntries(given.map(({ name, shape }) => [name, { op: 'given', name, shape }])),
  },
})

const repeated = (value: readonly number[]): Float32Array =>
  Float32Array.from({ length: batch * value.length }, (_, i) => value[i % value.length] ?? 0)

/** Makes samples from the state that a store has at that moment; the same ones for the same seed and state. */
export interface Sampler {
  readonly take: (count: number) => TE.TaskEither<BackendError, Samples>
  readonly dispose: () => void
}

export const createSampler = (query: SampleQuery, store: Store, feeder: Feeder): TE.TaskEither<BackendError, Sampler> =>
  pipe(
    store.compile(query.program),
    TE.map((executable) => ({
      take: (count) => () => takeBatches(query, executable, feeder, count),
      dispose: executable.dispose,
    })),
  )

const takeBatches = async (
  { program, shape, given }: SampleQuery,
  executable: Executable,
  feeder: Feeder,
  count: number,
): Promise<E.Either<BackendError, Samples>> => {
  const values = new Float32Array(count * size(shape))
  let draws: Draws = {}
  for (let index = 0; index * batch < count; index++) {
    draws = feeder(program, index, 1, draws)
    const result = await executable.run({ first: index, count: 1, draws: { ...draws, ...given } })()
    if (E.isLeft(result)) return result
    const start = index * batch * size(shape)
    values.set((result.right[metric] ?? new Float32Array(0)).subarray(0, values.length - start), start)
  }
  return E.right({ shape, count, values })
}
