import { describe, expect, it } from 'vitest'
import * as E from '#fp-ts/Either'
import * as TE from '#fp-ts/TaskEither'
import * as init from '../../src/dsl/initializers/init.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { minimise } from '../../src/dsl/objectives/player.ts'
import { exp, mul, square } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import { fileError } from '../../src/errors/fileError.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import type { Row } from '../../src/reproductions/protocol.ts'
import { type ReproduceOptions, reproduce, tasksOf } from '../../src/reproductions/reproduce.ts'
import type { Trial } from '../../src/reproductions/trial.ts'
import { game } from '../../src/spec/game.ts'
import { network } from '../../src/spec/handle.ts'
import { rightOf } from '../data/files.ts'

const theta = network('theta', parameter([], init.constant(1)))

const row = (name: string, cost: Expr<'batch', [], 'network theta'>): Row => ({
  name,
  game: game({
    networks: { theta },
    sources: {},
    players: { one: minimise(cost, 'theta') },
    dynamics: simultaneous,
    optimizers: { one: sgd({ lr: 0.25 }) },
    batch: 1,
    steps: 8,
    seed: 1,
  }),
  evaluation: { type: 'terms', terms: { theta: theta().term }, batches: 1 },
  published: {},
})

/** Halves theta in each step. */
const falling = row('falling', square(theta()))
const constant = row('constant', mul(0, theta()))
/** Doubles its own exponent until it is infinite. */
const bursting = row('bursting', mul(-100, exp(theta())))

const plan = (rows: readonly Row[], done: readonly Trial[] = [], trials = 2, steps = 1) =>
  tasksOf(rows, { trials, stepsOf: (full) => full * steps, done })

const runAll = async (rows: readonly Row[], options: Partial<ReproduceOptions> = {}, done: readonly Trial[] = []) => {
  const kept: Trial[] = []
  const keep = (trial: Trial) => TE.fromIO(() => void kept.push(trial))
  const reason = await rightOf(reproduce(plan(rows, done), { backend: 'reference', keep, ...options }))
  return { kept, reason }
}

describe('reproduce', () => {
  it('trains every row with every seed, and measures it', async () => {
    const { kept, reason } = await runAll([falling, constant])
    expect(reason).toBe('finished')
    expect(kept.map((trial) => [trial.row, trial.seed, trial.steps, trial.values.theta])).toEqual([
      ['falling', 1, 8, 2 ** -8],
      ['constant', 1, 8, 1],
      ['falling', 2, 8, 2 ** -8],
      ['constant', 2, 8, 1],
    ])
  })

  it('does not run again what is there, but what has changed', async () => {
    const { kept } = await runAll([falling, constant])
    expect(plan([falling, constant], kept)).toEqual([])
    expect(plan([falling, constant], kept, 3).map(({ seed }) => seed)).toEqual([3, 3])
    expect(plan([falling], kept, 2, 2).map(({ steps }) => steps)).toEqual([16, 16])
    const changed = { ...falling, game: { ...falling.game, batch: 2 } }
    expect(plan([changed, constant], kept).map((task) => task.row.name)).toEqual(['falling', 'falling'])
    expect((await runAll([falling, constant], {}, kept.slice(1))).kept.map((trial) => trial.row)).toEqual(['falling'])
  })

  it('trains first what a row says, for as large a share of its steps, and goes on with its networks', async () => {
    const first = { ...falling.game, steps: 4 }
    const { kept } = await runAll([{ ...constant, first }])
    expect(kept.map(({ values }) => values.theta)).toEqual([2 ** -4, 2 ** -4])
    expect(plan([{ ...constant, first }], kept)).toEqual([])
    expect(plan([{ ...constant, first: { ...first, batch: 2 } }], kept)).toHaveLength(2)
    const half: Trial[] = []
    const keep = (trial: Trial) => TE.fromIO(() => void half.push(trial))
    await rightOf(reproduce(plan([{ ...constant, first }], [], 1, 0.5), { backend: 'reference', keep }))
    expect(half.map(({ values, steps }) => [values.theta, steps])).toEqual([[2 ** -2, 4]])
  })

  it('keeps a training that ends in infinity as a trial without numbers', async () => {
    const { kept, reason } = await runAll([bursting])
    expect(reason).toBe('finished')
    expect(kept.map(({ values }) => values)).toEqual([{}, {}])
    expect(kept[0]?.diverged).toMatch(/at step \d/)
  })

  it('keeps what is done where it is interrupted, and no half of a trial', async () => {
    const controller = new AbortController()
    let started = 0
    const { kept, reason } = await runAll([falling, constant], {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === 'started') started++
        if (event.type === 'progress' && started === 2) controller.abort()
      },
    })
    expect(reason).toBe('interrupted')
    expect(kept.map((trial) => trial.row)).toEqual(['falling'])
  })

  it('ends where a trial cannot be kept', async () => {
    const error = fileError('a', 'the disk is full', '')
    const ended = await reproduce(plan([falling]), {
      backend: 'reference',
      keep: () => TE.left(error),
    })()
    expect(ended).toEqual(E.left(error))
  })
})
