import { expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import { startBackend } from '../../../src/backends/start/registry.ts'
import { compare } from '../../../src/measure/comparison/compare.ts'
import { tolerance } from '../../../src/measure/comparison/deviation.ts'
import { prepareGame } from '../../../src/run/prepare.ts'
import { right, rightOf } from '../../data/files.ts'
import { lazyGame } from '../../run/lazy.ts'
import { spoiled } from './spoiled.ts'

test('backends that are right agree on each of a game’s programs', async () => {
  const start = (name: string) =>
    pipe(
      startBackend(name, { threads: 1 }),
      TE.map((backend) => ({ backend, spent: () => performance.now() / 1000 })),
    )
  const ready = await rightOf(prepareGame(lazyGame, {}))
  const { backends, steps } = await compare(ready, { backends: ['onnx', 'tfjs-cpu'], steps: 13, start })()
  expect(steps).toBe(13)
  expect(backends.map(({ name, outcome }) => [name, right(outcome).verdict.type])).toEqual([
    ['onnx', 'agrees'],
    ['tfjs-cpu', 'agrees'],
  ])
})

test('what is wrong only in what is paid now and then is found, at the step that pays it', async () => {
  const ready = await rightOf(prepareGame(lazyGame, {}))
  const backend = await spoiled((b, id, { op, origin }) =>
    op === 'sqrt' && origin?.player === 'generator' ? b.mul(id, b.number(1.5)) : id,
  )
  const start = () => TE.right({ backend, spent: () => performance.now() / 1000 })
  const { backends } = await compare(ready, { backends: ['spoiled'], steps: 5, start })()
  const [found] = backends.map(({ outcome }) => right(outcome))
  expect(found?.worst.relative).toBeGreaterThan(tolerance)
  expect(found?.verdict).toMatchObject({ type: 'differs', at: { op: 'sqrt', step: 0 } })
})
