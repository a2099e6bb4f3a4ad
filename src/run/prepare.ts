import { isNonEmpty } from '#fp-ts/Array'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { begin } from '../backends/start/registry.ts'
import type { Started } from '../backends/start/startFirst.ts'
import { type Compiled, compile } from '../compile/compile.ts'
import { reachWarnings, saidBounds } from '../compile/reach.ts'
import { type DataSources, noFiles, type OpenFiles, openSources } from '../data/datasets.ts'
import { around } from '../dsl/types/bounds.ts'
import type { TrainError } from '../errors/failure.ts'
import { type InvalidSpec, invalidSpec } from '../errors/invalidSpec.ts'
import type { SpecWarning } from '../errors/warnings.ts'
import { machineMemory } from '../io/machineMemory.ts'
import type { GameSpec } from '../spec/spec.ts'
import { createDrawSource, type DrawSource } from './draws.ts'
import { memoryErrors } from './footprint.ts'
import { openRandom } from './openRandom.ts'

/** How to prepare a game: backend, threads and data. */
export interface PrepareOptions {
  /**
   * By default `onnx`, or `onnx-wasm` in a page or if onnxruntime-node is not installed. `auto` takes the best that
   * starts.
   */
  readonly backend?: string
  /** The number of CPU threads. By default the backend chooses. */
  readonly threads?: number
  /** In a browser, the URL of the folder with WebAssembly files, ending with a slash. By default the folder of the script. */
  readonly wasmFolder?: string
  /** Reads data files. Without it, a game that needs files is refused. */
  readonly openFiles?: OpenFiles
  /** The bytes that the game may need. By default the memory of the machine. */
  readonly memory?: number
}

/** A compiled game with its data, ready for any backend. */
export interface ReadyGame {
  readonly compiled: Compiled
  readonly dataSources: DataSources
  readonly drawSource: DrawSource
}

/** A game with its data and a started backend. */
export interface Prepared extends ReadyGame, Started {}

const fitting =
  (memory: number) =>
  (compiled: Compiled): E.Either<InvalidSpec, Compiled> => {
    const errors = memoryErrors(compiled, memory)
    return isNonEmpty(errors) ? E.left(invalidSpec(errors)) : E.right(compiled)
  }

/** Warnings that need the data: about sources that do not state their range. */
const dataWarnings = ({ game, networks }: Compiled, dataSources: DataSources): readonly SpecWarning[] => {
  const said = saidBounds(game)
  return reachWarnings(game, networks, (source, field) => {
    const dataSource = dataSources[source]
    const values = dataSource?.type === 'rows' ? dataSource.rows.fields[field] : undefined
    return values === undefined || said(source, field) !== undefined ? undefined : around(values)
  })
}

/** Compiles a game and opens its data. */
export const prepareGame = (
  game: GameSpec,
  { openFiles = noFiles, memory = machineMemory() }: Pick<PrepareOptions, 'openFiles' | 'memory'>,
): TE.TaskEither<TrainError, ReadyGame> =>
  pipe(
    TE.fromEither(pipe(compile(game), E.flatMap(fitting(memory)))),
    TE.bindTo('compiled'),
    TE.bindW('dataSources', () => openSources(game, openFiles)),
    TE.bindW('random', () => TE.fromEither(openRandom())),
    TE.map(({ compiled, dataSources, random }) => ({
      compiled: { ...compiled, warnings: [...compiled.warnings, ...dataWarnings(compiled, dataSources)] },
      dataSources,
      drawSource: createDrawSource(random, game.seed, dataSources),
    })),
  )

/** Compiles a game, opens its data and starts its backend. */
export const prepare = (game: GameSpec, options: PrepareOptions = {}): TE.TaskEither<TrainError, Prepared> => {
  const { backend, threads, wasmFolder } = options
  const asked = { ...(threads !== undefined && { threads }), ...(wasmFolder !== undefined && { wasmFolder }) }
  return pipe(
    prepareGame(game, options),
    TE.bindTo('ready'),
    TE.bindW('started', () => begin(backend, asked)),
    TE.map(({ ready, started }) => ({ ...ready, ...started })),
  )
}
