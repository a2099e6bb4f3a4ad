/**
 * Saddlepoint with promises: the functions of `saddlepoint` that take time, for code that does not use fp-ts. A promise
 * rejects with a `SaddleError`, whose message says what is wrong and what to do.
 *
 * @example
 * import { gan } from 'saddlepoint'
 * import { generate, train } from 'saddlepoint/promise'
 *
 * const trained = await train(gan({ ... }))
 * const { values } = await generate(trained, { count: 16 })
 */
export { generate, SaddleError, toPromise, train } from './run/promises.ts'
