import { describe, expect, it } from 'vitest'
import { pipe } from '#fp-ts/function'
import * as init from '../../src/dsl/initializers/init.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { sigmoid, tanh } from '../../src/dsl/layers/pointwise.ts'
import { softmax } from '../../src/dsl/layers/softmax.ts'
import { every } from '../../src/dsl/objectives/every.ts'
import { maximise, minimise } from '../../src/dsl/objectives/player.ts'
import { gaussian } from '../../src/dsl/sources/gaussian.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { add, div, log, mul, square, sub } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { slot } from '../../src/dsl/terms/memory.ts'
import { E as mean, sum } from '../../src/dsl/terms/statistics.ts'
import { constant, matmul, reshape } from '../../src/dsl/terms/tensor.ts'
import { progress, step } from '../../src/dsl/terms/variables.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import { type DualityGap, dualityGap } from '../../src/measure/dualityGap.ts'
import { exploitability } from '../../src/measure/exploitability.ts'
import type { ReplyOptions } from '../../src/measure/replyGame.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { game } from '../../src/spec/game.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import { jensenShannon } from './jensenShannon.ts'
import { type Ready, ready, right } from './ready.ts'

const options: ReplyOptions = { steps: 400, rate: 0.1, batch: 64, batches: 20, seed: 7 }
const gapOf = async (at: Ready, changed: Partial<ReplyOptions> = {}): Promise<DualityGap> =>
  right(await dualityGap(at, { ...options, ...changed })())

const [a, b] = [0.6, -0.9]
const theta = network('theta', parameter([], init.constant(a)))
const psi = network('psi', parameter([], init.constant(b)))
const noise = source('noise', normal([1]))

/** theta plays down, psi up, each with an optimizer that remembers. */
const played = (
  down: Expr<'batch', [], 'network theta' | 'network psi' | 'source noise'>,
  up = down,
  steps = 1,
): Promise<Ready> =>
  ready(
    game({
      networks: { theta, psi },
      sources: { noise },
      players: { down: minimise(down, 'theta'), up: maximise(up, 'psi') },
      dynamics: simultaneous,
      optimizers: { down: adam({ lr: 0.1 }), up: adam({ lr: 0.1 }) },
      batch: 4,
      steps,
      seed: 1,
    }),
  )

/** theta psi + theta^2 / 2 - psi^2 / 2, whose best replies are -psi and theta. */
const quadratic = add(mul(theta(), psi()), mul(0.5, sub(square(theta()), square(psi()))))
const noisy = add(quadratic, mul(0.1, mean(sum(sample(noise)))))

describe('dualityGap', () => {
  it('holds the schedules of the game’s end', async () => {
    const fading = await gapOf(await played(mul(step, quadratic), mul(step, quadratic), 2), { steps: 50 })
    expect(fading).toEqual(await gapOf(await played(quadratic), { steps: 50 }))
  })

  it('of a quadratic game is its regrets in closed form', async () => {
    const { regrets, gap } = await gapOf(await played(quadratic))
    // (theta + psi)^2 / 2 by theta's best reply, (theta - psi)^2 / 2 by psi's.
    expect(regrets.down?.value).toBeCloseTo((a + b) ** 2 / 2, 4)
    expect(regrets.up?.value).toBeCloseTo((a - b) ** 2 / 2, 4)
    expect(gap.value).toBeCloseTo(a ** 2 + b ** 2, 4)
  })

  it('is a lower bound, and grows with the steps', async () => {
    const at = await played(quadratic)
    const gaps = [await gapOf(at, { steps: 3 }), await gapOf(at, { steps: 10 }), await gapOf(at)].map(
      ({ gap }) => gap.value,
    )
    expect(gaps).toEqual([...gaps].sort((x, y) => x - y))
    expect(gaps[0]).toBeGreaterThan(0)
    expect(gaps[2]).toBeLessThan(a ** 2 + b ** 2 + 1e-5)
  })

  it('is measured on the same draws before and after: what they alone do cancels', async () => {
    const { gap } = await gapOf(await played(noisy))
    expect(gap.value).toBeCloseTo(a ** 2 + b ** 2, 4)
    expect(gap.standardError).toBeLessThan(1e-5)
  })

  it('takes what is rarely paid as it is on average', async () => {
    const down = add(mul(theta(), psi()), sum(every(4, mul(0.5, square(theta())))))
    const up = sub(mul(theta(), psi()), mul(0.5, square(psi())))
    const { regrets } = await gapOf(await played(down, up))
    expect(regrets.down?.value).toBeCloseTo((a + b) ** 2 / 2, 4)
  })

  it('takes what changes over the steps as it is at the last one', async () => {
    const growing = mul(mul(progress, sub(1, div(step, 40))), quadratic)
    const { gap } = await gapOf(await played(growing, growing, 4))
    expect(gap.value).toBeCloseTo((3 / 4) * (37 / 40) * (a ** 2 + b ** 2), 4)
  })

  it('of a matrix game is its exploitability, from below', async () => {
    const payoff = [
      [0, -1, 1],
      [1, 0, -1],
      [-1, 1, 0],
    ]
    const row = network('row', pipe(parameter([3], init.normal(1)), softmax))
    const column = network('column', pipe(parameter([3], init.normal(1)), softmax))
    const value = sum(mul(matmul(reshape(row(), [1, 3]), constant([3, 3], payoff.flat())), reshape(column(), [1, 3])))
    const at = await ready(
      game({
        networks: { row, column },
        sources: {},
        players: { row: maximise(value, 'row'), column: minimise(value, 'column') },
        dynamics: simultaneous,
        optimizers: { row: adam({ lr: 0.1 }), column: adam({ lr: 0.1 }) },
        batch: 1,
        steps: 1,
        seed: 1,
      }),
    )
    const strategy = (name: string): readonly number[] => {
      const weights = [...(at.state[`${name}/0.parameter/value`]?.values ?? [])].map((x) => Math.exp(x))
      return weights.map((w) => w / weights.reduce((x, y) => x + y))
    }
    const exact = exploitability(payoff, { row: strategy('row'), column: strategy('column') })
    const { regrets, gap } = await gapOf(at)
    expect(gap.value).toBeLessThan(exact.exploitability + 1e-5)
    expect(gap.value).toBeGreaterThan(0.99 * exact.exploitability)
    expect(regrets.row?.value).toBeCloseTo(exact.gains.row, 2)
  })

  it('of a GAN is what a better critic would gain, 2 JSD at most, where the generator cannot gain', async () => {
    const [D, G] = [
      network('D', pipe(input([1]), dense(16), tanh, dense(1, { init: init.zeros }))),
      network('G', pipe(input([1]), dense(1, { init: init.constant(1), bias: false }))),
    ]
    const [data, latent] = [source('data', gaussian({ mean: 2, std: 1 })), source('latent', normal([1]))]
    const value = add(mean(log(sigmoid(sum(D(sample(data)))))), mean(log(sub(1, sigmoid(sum(D(G(sample(latent)))))))))
    const at = await ready(
      game({
        networks: { D, G },
        sources: { data, latent },
        players: { critic: maximise(value, 'D'), generator: minimise(value, 'G') },
        dynamics: simultaneous,
        optimizers: { critic: adam({ lr: 0.1 }), generator: adam({ lr: 0.1 }) },
        batch: 4,
        steps: 1,
        seed: 1,
      }),
    )
    const { regrets } = await gapOf(at, { steps: 600, rate: 0.03, batch: 256, batches: 60 })
    // D is constant: the generator has nothing to gain, and the critic 2 JSD of N(2, 1) and N(0, 1), from V = -log 4.
    expect(regrets.generator?.value).toBeCloseTo(0, 6)
    const { value: gained = Number.NaN, standardError = Number.NaN } = regrets.critic ?? {}
    const most = 2 * jensenShannon(2)
    expect(gained).toBeLessThan(most + 4 * standardError)
    expect(gained).toBeGreaterThan(most - 0.03 - 4 * standardError)
  })

  it('says that memory has none', async () => {
    const remembered = slot('mean', { initial: 0 }, (previous) => add(mul(0.9, previous), theta()))
    const result = await dualityGap(await played(add(quadratic, mul(theta(), remembered)), quadratic), options)()
    expect(result).toMatchObject({
      left: {
        type: 'NoAnswer',
        message: 'the objective of down has memory: what it costs depends on the steps before',
      },
    })
  })

  it('stops at a signal', async () => {
    const stop = new AbortController()
    const result = await dualityGap(await played(quadratic), {
      ...options,
      steps: 1_000_000,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    })()
    expect(result).toMatchObject({ left: { type: 'NoAnswer', message: 'interrupted' } })
  })
})
