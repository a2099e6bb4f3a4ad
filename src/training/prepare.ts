import { isNonEmpty } from '#fp-ts/Array'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend } from '../backends/backend.ts'
import { defaultBackend, startBackend } from '../backends/registry.ts'
import { type Compiled, compile } from '../compile/compile.ts'
import type { SpecErrors } from '../dsl/errors.ts'
import type { GameSpec } from '../dsl/spec.ts'
import { noFiles, type OpenFiles, openSources, type Suppliers } from './datasets.ts'
import { createFeeder, type Feeder } from './draws.ts'
import { invalidSpec, type TrainError } from './errors.ts'
import { memoryErrors } from './footprint.ts'
import { machineMemory } from './machineMemory.ts'
import { createRandom } from './random/random.ts'

/** What a game is played on. */
export interface PrepareOptions {
  /** `onnx` where absent. */
  readonly backend?: string
  /** CPU threads; the backend's own choice where absent. */
  readonly threads?: number
  /** How files of data are read; where absent, a game that needs files is refused. */
  readonly openFiles?: OpenFiles
  /** Bytes that the game may need; the machine's where absent. */
  readonly memory?: number
}

/** A game with all that it needs to be played. */
export interface Prepared {
  readonly compiled: Compiled
  readonly backend: Backend
  readonly suppliers: Suppliers
  readonly feeder: Feeder
}

const fitting =
  (memory: number) =>
  (compiled: Compiled): E.Either<SpecErrors, Compiled> => {
    const errors = memoryErrors(compiled, memory)
    return isNonEmpty(errors) ? E.left(errors) : E.right(compiled)
  }

/** Compiles a game, opens its data and starts its backend. */
export const prepare = (game: GameSpec, options: PrepareOptions = {}): TE.TaskEither<TrainError, Prepared> => {
  const { backend = defaultBackend, threads, openFiles = noFiles, memory = machineMemory() } = options
  return pipe(
    TE.fromEither(pipe(compile(game), E.flatMap(fitting(memory)), E.mapLeft(invalidSpec))),
    TE.bindTo('compiled'),
    TE.bindW('suppliers', () => openSources(game, openFiles)),
    TE.bindW('backend', () => startBackend(backend, threads === undefined ? {} : { threads })),
    TE.map((parts) => ({ ...parts, feeder: createFeeder(createRandom(), game.seed, parts.suppliers) })),
  )
}
