import { beforeAll, describe, expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import * as TE from '#fp-ts/TaskEither'
import type { Backend, Store } from '../../src/backends/core/backend.ts'
import { start } from '../../src/backends/reference/index.ts'
import { lossConformance, optimizerConformance } from './games.ts'
import { edgeConformance, opConformance } from './ops.ts'
import { chunked, disagreements } from './run.ts'

/** The runner, by a backend that is right by definition, and by others that are wrong on purpose. */
let reference: Backend
beforeAll(async () => {
  const started = await start({})()
  if (started._tag === 'Left') throw new Error(started.left.message)
  reference = started.right
})

const cases = [...opConformance, ...edgeConformance, ...lossConformance, ...optimizerConformance]
const games = [...lossConformance, ...optimizerConformance]

/** A backend whose stores read back something else. */
const wrong = (change: (x: number, i: number) => number): Backend => ({
  ...reference,
  store: (initial) =>
    pipe(
      reference.store(initial),
      TE.map(
        (store): Store => ({
          ...store,
          read: () =>
            pipe(
              store.read(),
              TE.map((tensors) =>
                Object.fromEntries(
                  Object.entries(tensors).map(([name, { shape, values }]) => [
                    name,
                    { shape, values: values.map((x, i) => (name.includes('kernel') ? change(x, i) : x)) },
                  ]),
                ),
              ),
            ),
        }),
      ),
    ),
})

test('the reference agrees with itself', async () => {
  for (const one of cases) expect(await disagreements(reference, one), one.name).toEqual([])
})

describe('a backend is found out', () => {
  test('whose parameters are off by a ten-thousandth, and large ones by a part of themselves', async () => {
    for (const one of games)
      expect(
        (
          await disagreements(
            wrong((x) => x + Math.sign(x) * (1e-4 + 5e-3 * Math.max(0, Math.abs(x) - 1))),
            one,
          )
        ).length,
        one.name,
      ).toBeGreaterThan(0)
  })

  test('whose state is not a number', async () => {
    for (const one of games)
      expect(
        (
          await disagreements(
            wrong(() => Number.NaN),
            one,
          )
        ).length,
        one.name,
      ).toBeGreaterThan(0)
  })

  test('whose chunks round differently', async () => {
    for (const one of games) {
      let reads = 0
      const { together, alone } = await chunked(
        wrong((x) => (reads++ === 0 ? x * (1 + 2 ** -22) : x)),
        one,
      )
      expect(together, one.name).not.toEqual(alone)
    }
  })
})
