import { describe, expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { relu, sigmoid, softplus, tanh } from '../../src/dsl/layers/pointwise.ts'
import type { Net } from '../../src/dsl/networks/net.ts'
import { maximise, minimise } from '../../src/dsl/objectives/player.ts'
import { add, log, mul, neg, square, sub } from '../../src/dsl/terms/elementwise.ts'
import { E, grad, norm, sum } from '../../src/dsl/terms/statistics.ts'
import * as losses from '../../src/losses/losses.ts'
import * as penalties from '../../src/losses/penalties.ts'
import { game } from '../../src/spec/game.ts'
import { gan } from '../../src/spec/gan.ts'
import { network } from '../../src/spec/handle.ts'
import { type PairTheory, theoryOf } from '../../src/theory/describe.ts'
import { base, discriminator, fake, G, generator, rate, rest, x } from '../types/ring.ts'
import { ganOf } from './pointwiseGames.ts'

const optimizers = { discriminator: rate, generator: rate }

/** The textbook game over D's own output, with a value that is `scale` times that of the paper. */
const textbook = (D0: Net<{ x: [2] }, [1]>, scale = 1) => {
  const D = network('D', D0)
  const V = mul(scale, add(E(log(D(x))), E(log(sub(1, D(fake))))))
  return game({
    ...base,
    networks: { G, D },
    players: { discriminator: maximise(V, 'D'), generator: minimise(V, 'G') },
    optimizers,
  })
}

const known = (report: ReturnType<typeof theoryOf>): PairTheory => {
  const [first] = report
  if (report.length !== 1 || first?.type !== 'known') throw new Error(JSON.stringify(report))
  return first
}

describe('what the command line says of a game', () => {
  test.each([
    ['data first', false],
    ['data last', true],
  ])('a head on a trunk judges the features of data and samples (%s)', (_, swapped) => {
    const trunk = network('T', pipe(input([2]), dense(4), relu))
    const head = network('D', pipe(input([4]), dense(1)))
    const onData = E(softplus(neg(head(trunk(x)))))
    const onSamples = E(softplus(head(trunk(fake))))
    const cost = swapped ? add(onSamples, onData) : add(onData, onSamples)
    const theory = known(
      theoryOf(
        game({
          ...base,
          networks: { G, T: trunk, D: head },
          players: {
            discriminator: minimise(cost, 'T', 'D'),
            generator: minimise(E(softplus(neg(head(trunk(fake))))), 'G'),
          },
          optimizers,
        }),
      ),
    )
    expect(theory.equilibrium).toBeCloseTo(-Math.log(4))
    expect(theory.threshold).toEqual({ value: 0, real: 'above' })
  })

  test('the textbook game as a user writes it, with a sigmoid as the last layer of D', () => {
    const theory = known(theoryOf(textbook(pipe(discriminator, sigmoid))))
    expect(theory).toMatchObject({
      reading: 'probability',
      range: '(0, 1)',
      discriminator: { real: { text: 'log t' }, fake: { text: 'log(1 − t)' }, constant: 0 },
      equilibrium: expect.closeTo(-Math.log(4), 12),
      threshold: { value: expect.closeTo(0.5, 12), real: 'above' },
      loss: { loss: 'minimax', optimum: { text: 'p / (p + q)' }, equilibrium: '−log 4' },
    })
  })

  test('a loss over logits, with a penalty set aside', () => {
    const spec = gan({
      ...rest,
      generator,
      discriminator,
      loss: losses.nonSaturating,
      penalties: [penalties.r1({ weight: 2 })],
    })
    const theory = known(theoryOf(spec))
    expect(theory).toMatchObject({
      reading: 'logit',
      pairing: {
        discriminator: { player: 'discriminator', network: 'D' },
        generator: { player: 'generator', networks: ['G'] },
      },
      threshold: { value: expect.closeTo(0, 12), real: 'above' },
      loss: {
        loss: 'nonSaturating',
        optimum: { text: 'log(p / q)' },
        probability: { text: 'p / (p + q)' },
        generator: 'KL(p_g ‖ p_data) − 2 JSD(p_data, p_g)',
      },
    })
    expect(theory.setAside.map(({ text }) => text)).toEqual(['−𝔼[‖∇ₓ D(x)‖²]'])
  })

  test('a user’s own objective: numbers, and no claim from the literature', () => {
    const theory = known(theoryOf(textbook(pipe(discriminator, sigmoid), 2)))
    expect(theory.loss).toBeUndefined()
    expect(theory.equilibrium).toBeCloseTo(-2 * Math.log(4), 12)
    expect(theory.optimum.map(({ optimum }) => optimum)).toEqual(
      [0.1, 0.25, 0.5, 0.75, 0.9].map((value) => ({ type: 'unique', value: expect.closeTo(value, 12) })),
    )
  })

  test('a range that keeps D from its optimum is respected', () => {
    const squashed = known(theoryOf(textbook(pipe(discriminator, relu))))
    expect(squashed.range).toBe('[0, ∞)')
    expect(known(theoryOf(textbook(pipe(discriminator, tanh)))).range).toBe('(−1, 1)')
  })

  test('how to read D as a classifier', () => {
    const thresholds = {
      minimax: [losses.minimax, { value: 0, real: 'above' }],
      'least squares': [losses.leastSquares(), { value: 0.5, real: 'above' }],
      'least squares, the other way round': [losses.leastSquares({ a: 1, b: -1, c: -1 }), { value: 0, real: 'below' }],
      hinge: [losses.hinge, { value: 0, real: 'above' }],
    } as const
    for (const [name, [loss, { value, real }]] of Object.entries(thresholds))
      expect(known(theoryOf(ganOf(loss))).threshold, name).toEqual({ value: expect.closeTo(value, 9), real })
    expect(known(theoryOf(ganOf(losses.wasserstein))).threshold).toBeUndefined()
  })

  test('an objective of another form: the reason, and its numbers on finite distributions', () => {
    const D = network('D', discriminator)
    const paired = E(log(sigmoid(sub(D(x), D(fake)))))
    const penalised = sub(paired, E(sum(square(grad(D(x), x)))))
    const spec = game({
      ...base,
      networks: { G, D },
      players: { discriminator: maximise(penalised, 'D'), generator: minimise(paired, 'G') },
      optimizers,
    })
    expect(theoryOf(spec)).toMatchObject([
      {
        type: 'unknown',
        reason: expect.stringContaining('compares D'),
        finite: [
          { p: [0.5, 0.5], q: [0.5, 0.5], best: { type: 'top', value: expect.closeTo(-Math.log(2), 9) } },
          { best: { type: 'top' } },
        ],
      },
    ])
  })

  test('a game without adversaries: nothing', () => {
    const spec = game({
      ...base,
      networks: { G },
      players: { alone: minimise(E(norm(fake)), 'G') },
      optimizers: { alone: rate },
    })
    expect(theoryOf(spec)).toEqual([])
  })
})
