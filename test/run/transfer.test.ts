import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { showError } from '../../src/errors/failure.ts'
import type { HostTensors } from '../../src/ir/hostTensor.ts'
import type { TrainEvent } from '../../src/run/events.ts'
import { train } from '../../src/run/train.ts'
import { type Donor, showTaken } from '../../src/run/transfer.ts'
import { exponentialAverage } from '../../src/spec/average.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { smallRing } from './ring.ts'

const plain: GameSpec = { ...smallRing, steps: 3 }
const averaged: GameSpec = { ...plain, averages: { G: exponentialAverage({ decay: 0.9 }) } }

const stateOf = async (game: GameSpec): Promise<HostTensors> => {
  const trained = await train(game, { backend: 'reference' })()
  if (E.isLeft(trained)) throw new Error(showError(trained.left))
  return trained.right.state
}
const donor = await stateOf({ ...averaged, seed: 2 })

/** The state that a game starts with, and what it says that it took. */
const start = async (game: GameSpec, weights?: Donor['weights']) => {
  const events: TrainEvent[] = []
  const from = { name: 'runs/a', state: donor, ...(weights !== undefined && { weights }) }
  const begun = await train(
    { ...game, steps: 0 },
    { backend: 'reference', donor: from, onEvent: (event) => events.push(event) },
  )()
  if (E.isLeft(begun)) throw new Error(showError(begun.left))
  const taken = events.flatMap((event) => (event.type === 'started' && event.taken !== undefined ? [event.taken] : []))
  return { state: begun.right.state, said: taken.map(showTaken) }
}

const values = (state: HostTensors, name: string): readonly number[] => Array.from(state[name]?.values ?? [])
const kernel = 'G/1.dense/kernel'
const average = `average/${kernel}`

describe('networks of a run that averages weights', () => {
  test('start at the weights of its last step, and its averages go on', async () => {
    const { state, said } = await start(averaged)
    expect(values(state, kernel)).toEqual(values(donor, kernel))
    expect(values(state, average)).toEqual(values(donor, average))
    expect(values(state, average)).not.toEqual(values(state, kernel))
    expect(said).toEqual(['D, G from runs/a; averages of G go on'])
  })

  test('start at its averages where these are asked for; networks without an average at those of the last step', async () => {
    const { state, said } = await start(averaged, 'average')
    expect(values(state, kernel)).toEqual(values(donor, average))
    expect(values(state, average)).toEqual(values(donor, average))
    expect(values(state, 'D/1.dense/kernel')).toEqual(values(donor, 'D/1.dense/kernel'))
    expect(said).toEqual(['D, G (averaged) from runs/a; averages of G go on'])
  })

  test('may start a game without averages from either', async () => {
    const last = await start(plain)
    expect(values(last.state, kernel)).toEqual(values(donor, kernel))
    expect(last.said).toEqual(['D, G from runs/a'])
    const averages = await start(plain, 'average')
    expect(values(averages.state, kernel)).toEqual(values(donor, average))
    expect(averages.said).toEqual(['D, G (averaged) from runs/a'])
  })
})

test('averages that the other run does not keep are refused by name, and start at the weights where they are not asked for', async () => {
  const from = { name: 'runs/b', state: await stateOf({ ...plain, seed: 2 }) }
  const refused = await train(averaged, { backend: 'reference', donor: { ...from, weights: 'average' } })()
  expect(E.isLeft(refused) && showError(refused.left)).toContain('runs/b: it keeps no averages of weights')
  const begun = await train({ ...averaged, steps: 0 }, { backend: 'reference', donor: from })()
  if (E.isLeft(begun)) throw new Error(showError(begun.left))
  expect(values(begun.right.state, average)).toEqual(values(begun.right.state, kernel))
})
