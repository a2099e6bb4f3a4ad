import { expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import * as TE from '#fp-ts/TaskEither'
import { secondsToPrepare } from '../../src/backends/onnx/preparation.ts'
import { compile } from '../../src/compile/compile.ts'
import type { TrainEvent } from '../../src/run/events.ts'
import { prepare } from '../../src/run/prepare.ts'
import { play } from '../../src/run/train.ts'
import { rightOf } from '../data/files.ts'
import { repeated } from './growth.ts'
import { smallRing } from './ring.ts'

test('onnx is expected to take more than a minute for a step of 999 updates, and moments for one', () => {
  const secondsOf = (count: number): number => {
    const compiled = compile(repeated(count))
    if (E.isLeft(compiled)) throw new Error('the game does not compile')
    return secondsToPrepare(compiled.right.step)
  }
  expect(secondsOf(1)).toBeLessThan(1)
  expect(secondsOf(999)).toBeGreaterThan(60)
})

test.each([59, 60, 200])('a preparation of %d seconds is told before it begins, if it is long', async (seconds) => {
  const prepared = await rightOf(prepare({ ...smallRing, steps: 1 }, { backend: 'reference' }))
  const { backend } = prepared
  const heard: string[] = []
  const slow = {
    ...backend,
    secondsToPrepare: () => seconds,
    store: (initial: Parameters<typeof backend.store>[0]) =>
      TE.tapIO(backend.store(initial), () => () => void heard.push('compiles')),
  }
  const onEvent = (event: TrainEvent): void => void heard.push(event.type)
  await rightOf(play({ ...prepared, backend: slow }, { onEvent }))
  expect(heard.slice(0, 3)).toEqual(
    seconds < 60 ? ['compiles', 'started', 'progress'] : ['preparing', 'compiles', 'started'],
  )
})
