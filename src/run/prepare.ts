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

/** What a game is played on. */
export interface PrepareOptions {
  /**
   * Where absent, `onnx`, or `onnx-wasm` where onnxruntime-node is not installed or this is a page; `auto` takes the best that
   * starts.
   */
  readonly backend?: string
  /** CPU threads; the backend's own choice where absent. */
  readonly threads?: number
  /** In a browser, the URL of the folder with WebAssembly files, with a slash at its end; beside the script where absent. */
  readonly wasmFolder?: string
  /** How files of data are read; where absent, a game that needs files is refused. */
  readonly openFiles?: OpenFiles
  /** Bytes that the game may need; the machine's where absent. */
  readonly memory?: number
}

/** A game that can be played on any backend. */
export interface ReadyGame {
  readonly compiled: Compiled
  readonly dataSources: DataSources
  readonly drawSource: DrawSource
}

/** A game with all that it needs to be played. */
export interface Prepared extends ReadyGame, Started {}

const fitting =
  (memory: number) =>
  (compiled: Compiled): E.Either<InvalidSpec, Compiled> => {
    const errors = memoryErrors(compiled, memory)
    return isNonEmpty(errors) ? E.left(invalidSpec(errors)) : E.right(compiled)
  }

/** What only the data tell: of sources that do not say themselves where their numbers lie. */
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
