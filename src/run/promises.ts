import * as E from '#fp-ts/Either'
import type { TaskEither } from '#fp-ts/TaskEither'
import { type Failure, showError } from '../errors/failure.ts'
import type { GameSpec } from '../spec/spec.ts'
import { type GenerateOptions, generate as generateTask, type SavedGame } from './generate.ts'
import type { PrepareOptions } from './prepare.ts'
import type { Samples } from './sampler.ts'
import { type PlayOptions, type Trained, train as trainTask } from './train.ts'

/**
 * What a promise of this module rejects with.
 *
 * @example train(spec).catch((error) => console.error(error instanceof SaddleError ? error.message : error))
 */
export class SaddleError extends Error {
  override readonly name = 'SaddleError'
  /** The error that the typed functions return, discriminated by its `type`. */
  readonly error: Failure

  constructor(error: Failure) {
    super(showError(error))
    this.error = error
  }
}

/**
 * Runs a task of `saddlepoint` or `saddlepoint/node` as a promise. It resolves with the right value, or rejects with a
 * `SaddleError` that holds the left one.
 *
 * @example const run = await toPromise(trainRun(spec, { out: 'runs/ring' }))
 */
export const toPromise = async <A>(task: TaskEither<Failure, A>): Promise<A> => {
  const result = await task()
  if (E.isLeft(result)) throw new SaddleError(result.left)
  return result.right
}

/**
 * Trains a game, as `train` of `saddlepoint` does.
 *
 * @example const trained = await train(spec)
 */
export const train = (game: GameSpec, options: PrepareOptions & PlayOptions = {}): Promise<Trained> =>
  toPromise(trainTask(game, options))

/**
 * Generates samples, as `generate` of `saddlepoint` does.
 *
 * @example const { shape, values } = await generate(await train(spec), { count: 16 })
 */
export const generate = (from: Trained | SavedGame, options: GenerateOptions & PrepareOptions = {}): Promise<Samples> =>
  toPromise(generateTask(from, options))
