import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, expectTypeOf, test } from 'vitest'
import type { Either } from '#fp-ts/Either'
import type { TaskEither } from '#fp-ts/TaskEither'
import type { Failure } from '../../src/errors/failure.ts'
import type * as universal from '../../src/index.ts'
import type * as node from '../../src/node.ts'

/** What a function may return as left, at once or when it has run. */
type LeftOf<R> = [R] extends [never]
  ? never
  : [R] extends [Either<infer L, unknown>]
    ? L
    : [R] extends [TaskEither<infer L, unknown>]
      ? L
      : never
type LeftsOf<M> = {
  readonly [K in keyof M]: M[K] extends (...args: never) => infer R
    ? LeftOf<R> | (R extends (...args: never) => infer S ? LeftOf<S> : never)
    : never
}[keyof M]

test('what a public function returns as left is a failure that showError shows', () => {
  expectTypeOf<LeftsOf<typeof universal>>().toExtend<Failure>()
  expectTypeOf<LeftsOf<typeof node>>().toExtend<Failure>()
  // The test sees lefts at all.
  expectTypeOf<LeftsOf<typeof universal>>().not.toBeNever()
  expectTypeOf<LeftsOf<typeof node>>().not.toBeNever()
})

test('no bare string is a left', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const bare = /Either<string\b|\bT?E\.left\((?:'|`)/
  const found = files.filter((name) => bare.test(readFileSync(join('src', name), 'utf8')))
  expect(files.length).toBeGreaterThan(500)
  expect(found).toEqual([])
})
