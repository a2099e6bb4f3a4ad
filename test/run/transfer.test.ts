import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { relu } from '../../src/dsl/layers/pointwise.ts'
import type { Layer } from '../../src/dsl/layers/table.ts'
import { as } from '../../src/dsl/networks/as.ts'
import { toGraph } from '../../src/dsl/networks/graph.ts'
import type { Graph } from '../../src/dsl/networks/layerGraph.ts'
import { pipe } from '../../src/dsl/networks/pipe.ts'
import { showError } from '../../src/errors/failure.ts'
import type { HostTensors } from '../../src/ir/hostTensor.ts'
import type { TrainEvent } from '../../src/run/events.ts'
import { train } from '../../src/run/train.ts'
import { showTaken, type WarmStart } from '../../src/run/transfer.ts'
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
const warmStart = await stateOf({ ...averaged, seed: 2 })

/** The state that a game starts with, and what it says that it took. */
const start = async (game: GameSpec, weights?: WarmStart['weights']) => {
  const events: TrainEvent[] = []
  const from = { name: 'runs/a', state: warmStart, ...(weights !== undefined && { weights }) }
  const begun = await train(
    { ...game, steps: 0 },
    { backend: 'reference', warmStart: from, onEvent: (event) => events.push(event) },
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
    expect(values(state, kernel)).toEqual(values(warmStart, kernel))
    expect(values(state, average)).toEqual(values(warmStart, average))
    expect(values(state, average)).not.toEqual(values(state, kernel))
    expect(said).toEqual(['D, G from runs/a; averages of G go on'])
  })

  test('start at its averages where these are asked for; networks without an average at those of the last step', async () => {
    const { state, said } = await start(averaged, 'average')
    expect(values(state, kernel)).toEqual(values(warmStart, average))
    expect(values(state, average)).toEqual(values(warmStart, average))
    expect(values(state, 'D/1.dense/kernel')).toEqual(values(warmStart, 'D/1.dense/kernel'))
    expect(said).toEqual(['D, G (averaged) from runs/a; averages of G go on'])
  })

  test('may start a game without averages from either', async () => {
    const last = await start(plain)
    expect(values(last.state, kernel)).toEqual(values(warmStart, kernel))
    expect(last.said).toEqual(['D, G from runs/a'])
    const averages = await start(plain, 'average')
    expect(values(averages.state, kernel)).toEqual(values(warmStart, average))
    expect(averages.said).toEqual(['D, G (averaged) from runs/a'])
  })
})

test('averages that the other run does not keep are refused by name, and start at the weights where they are not asked for', async () => {
  const from = { name: 'runs/b', state: await stateOf({ ...plain, seed: 2 }) }
  const refused = await train(averaged, { backend: 'reference', warmStart: { ...from, weights: 'average' } })()
  expect(E.isLeft(refused) && showError(refused.left)).toContain('runs/b: it keeps no averages of weights')
  const begun = await train({ ...averaged, steps: 0 }, { backend: 'reference', warmStart: from })()
  if (E.isLeft(begun)) throw new Error(showError(begun.left))
  expect(values(begun.right.state, average)).toEqual(values(begun.right.state, kernel))
})

describe('layers that have names', () => {
  const small = pipe(input([4]), as('base', dense(4)), relu, as('out', dense(2)))
  const grown = pipe(input([4]), as('base', dense(4)), relu, as('wide', dense(4)), relu, as('out', dense(2)))
  const withG = (G: Graph): GameSpec => ({ ...plain, networks: { ...plain.networks, G: toGraph<Layer>(G, 'withG') } })
  const from = async (G: Graph): Promise<WarmStart> => ({ name: 'runs/c', state: await stateOf(withG(G)) })
  const begin = async (G: Graph, warmStart: WarmStart) => {
    const events: TrainEvent[] = []
    const begun = await train(
      { ...withG(G), seed: 5, steps: 0 },
      { backend: 'reference', warmStart, onEvent: (event) => events.push(event) },
    )()
    if (E.isLeft(begun)) return showError(begun.left)
    const said = events.flatMap((event) => (event.type === 'started' && event.taken !== undefined ? [event.taken] : []))
    return { state: begun.right.state, said: said.map(showTaken) }
  }
  const begun = async (G: Graph, warmStart: WarmStart) => {
    const made = await begin(G, warmStart)
    if (typeof made === 'string') throw new Error(made)
    return made
  }

  test('take the weights of their name at another place; a new one starts afresh, and both games say so', async () => {
    const warmStart = await from(small)
    const { state, said } = await begun(grown, warmStart)
    for (const tensor of ['G/base/kernel', 'G/base/bias', 'G/out/kernel', 'G/out/bias'])
      expect(values(state, tensor)).toEqual(values(warmStart.state, tensor))
    const fresh = await stateOf({ ...withG(grown), seed: 5, steps: 0 })
    expect(values(state, 'G/wide/kernel')).toEqual(values(fresh, 'G/wide/kernel'))
    expect(said).toEqual(['D, G from runs/c; afresh: G/wide'])
  })

  test('that the game lacks are left out', async () => {
    const warmStart = await from(grown)
    const { state, said } = await begun(small, warmStart)
    expect(values(state, 'G/out/kernel')).toEqual(values(warmStart.state, 'G/out/kernel'))
    expect(said).toEqual(['D, G from runs/c; left out: G/wide'])
  })

  test('and others that differ are told at once, with what to do', async () => {
    const warmStart = await from(small)
    const other = pipe(input([4]), as('base', dense(5)), relu, dense(4), relu, as('out', dense(2)))
    expect(await begin(other, warmStart)).toBe(
      [
        'runs/c: expected [4, 5] for G/base/kernel, found [4, 4]',
        'expected [5] for G/base/bias, found [4]',
        'expected [5, 4] for G/3.dense/kernel, found nothing',
        'expected [4] for G/3.dense/bias, found nothing',
      ].join('; ') +
        '\n  Networks are matched by name. Name a layer, as(name, layer), to match it at any place, or to let it start anew if the other run lacks it. All other layers must be equal and at the same place.',
    )
  })

  test('of which none is shared take nothing, which is refused', async () => {
    const warmStart = await from(pipe(input([4]), as('left', dense(4)), relu, as('right', dense(2))))
    expect(await begin(small, { ...warmStart, state: onlyG(warmStart.state) })).toContain(
      'runs/c: it has none of the layers of G',
    )
  })
})

const onlyG = (state: HostTensors): HostTensors =>
  Object.fromEntries(Object.entries(state).filter(([name]) => name.startsWith('G/')))
