import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pipe } from '#fp-ts/function'
import * as init from '../../src/dsl/initializers/init.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { softplus, tanh } from '../../src/dsl/layers/pointwise.ts'
import { every } from '../../src/dsl/objectives/every.ts'
import { maximise, minimise } from '../../src/dsl/objectives/player.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { ring } from '../../src/dsl/sources/ring.ts'
import { add, mul, neg, square, sub } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { sum } from '../../src/dsl/terms/statistics.ts'
import { constant, matmul, reshape } from '../../src/dsl/terms/tensor.ts'
import { alternating } from '../../src/dynamics/alternating.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import { nonSaturating } from '../../src/losses/nonSaturating.ts'
import { descentFactor, type Turns } from '../../src/measure/descentFactor.ts'
import { type GameJacobian, gameJacobian, type JacobianOptions } from '../../src/measure/gameJacobian.ts'
import type { Complex } from '../../src/measure/spectrum.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { createDrawSource } from '../../src/run/draws.ts'
import { createRandom } from '../../src/run/random/random.ts'
import { game } from '../../src/spec/game.ts'
import { gan } from '../../src/spec/gan.ts'
import { network } from '../../src/spec/handle.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { compiled, only, trajectory } from '../compile/playing.ts'
import { type Ready, ready, right } from './ready.ts'

const jacobianAt = async (at: Ready, options: JacobianOptions = {}): Promise<GameJacobian> =>
  right(await gameJacobian({ ...at, drawSource: createDrawSource(createRandom(), at.seed, at.dataSources) }, options)())

const jacobianOf = async (spec: GameSpec): Promise<GameJacobian> => jacobianAt(await ready(spec))

type Players = 'network theta' | 'network psi'
const theta = network('theta', parameter([], init.zeros))
const psi = network('psi', parameter([], init.zeros))

/** theta plays for a cost, psi for another; the equilibrium is 0. */
const pairOf = (
  ofTheta: Expr<'batch', [], Players>,
  ofPsi: Expr<'batch', [], Players>,
  lr = 0.1,
  inTurn = false,
): GameSpec =>
  game({
    networks: { theta, psi },
    sources: {},
    players: { theta: minimise(ofTheta, 'theta'), psi: minimise(ofPsi, 'psi') },
    dynamics: inTurn ? alternating({ theta: 1, psi: 1 }) : simultaneous,
    optimizers: { theta: sgd({ lr }), psi: sgd({ lr }) },
    batch: 1,
    steps: 1,
    seed: 1,
  })

const product = mul(theta(), psi())
/** Mescheder et al. 2018, definition 2.1, with f(t) = -log(1 + exp(-t)), whose slope at 0 is 1/2. */
const dirac = neg(softplus(neg(product)))
const slope = 0.5
/** With R1, which is psi^2 there. */
const regularised = (gamma: number, lr = 0.1, inTurn = false): GameSpec =>
  pairOf(dirac, add(neg(dirac), mul(gamma / 2, square(psi()))), lr, inTurn)

const expectEigenvalues = (found: readonly Complex[], expected: readonly Complex[], digits = 6): void => {
  expect(found.length).toBe(expected.length)
  expected.forEach(({ re, im }, i) => {
    expect(found[i]?.re).toBeCloseTo(re, digits)
    expect(found[i]?.im).toBeCloseTo(im, digits)
  })
}

describe('eigenvalues at the equilibrium', () => {
  it('of the bilinear game are i and -i', async () => {
    const { field, eigenvalues } = await jacobianOf(pairOf(product, neg(product)))
    expect([...field].map(Math.abs)).toEqual([0, 0])
    expectEigenvalues(eigenvalues, [
      { re: 0, im: 1 },
      { re: 0, im: -1 },
    ])
  })

  it('of the Dirac-GAN are f’(0) i and -f’(0) i (Mescheder et al. 2018, section 2)', async () => {
    const { eigenvalues } = await jacobianOf(pairOf(dirac, neg(dirac)))
    expectEigenvalues(eigenvalues, [
      { re: 0, im: slope },
      { re: 0, im: -slope },
    ])
  })

  it.each([0.3, 0.9, 1.5, 3])('with R1 of weight %d they are as in their section 3', async (gamma) => {
    // (gamma + sqrt(gamma^2 - 4 f'(0)^2)) / 2 and its twin, of v; the paper's field is -v.
    const { eigenvalues } = await jacobianOf(regularised(gamma))
    const under = gamma ** 2 - 4 * slope ** 2
    const [re, im] = under < 0 ? [0, Math.sqrt(-under) / 2] : [Math.sqrt(under) / 2, 0]
    expectEigenvalues(eigenvalues, [
      { re: gamma / 2 + re, im },
      { re: gamma / 2 - re, im: -im },
    ])
  })

  it('are the same where R1 is paid at every fourth step, four times', async () => {
    const lazy = pairOf(dirac, add(neg(dirac), sum(every(4, mul(0.45, square(psi()))))))
    expectEigenvalues((await jacobianOf(lazy)).eigenvalues, (await jacobianOf(regularised(0.9))).eigenvalues)
  })
})

/** By how much each step multiplied the distance from 0, over many. */
const measured = (spec: GameSpec, steps: number): number => {
  const start = { 'theta/0.parameter/value': Float64Array.of(1e-4), 'psi/0.parameter/value': Float64Array.of(1e-4) }
  const end = trajectory(compiled(spec), start, steps).at(-1)
  const [x, y] = [only(end?.['theta/0.parameter/value']), only(end?.['psi/0.parameter/value'])]
  return (Math.hypot(x, y) / Math.hypot(1e-4, 1e-4)) ** (1 / steps)
}

describe('descentFactor', () => {
  const turns = (lr: number, inTurn: boolean): Turns =>
    inTurn ? [{ theta: lr }, { psi: lr }] : [{ theta: lr, psi: lr }]

  it.each([false, true])(
    'is the rate at which gradient steps near the Dirac-GAN’s equilibrium shrink (in turn: %s)',
    async (inTurn) => {
      const [gamma, lr] = [0.6, 0.2]
      const predicted = right(descentFactor(await jacobianOf(regularised(gamma)), turns(lr, inTurn)))
      expect(predicted).toBeLessThan(1)
      expect(measured(regularised(gamma, lr, inTurn), 400)).toBeCloseTo(predicted, 2)
      // Closer, for what the first steps differ by is lost among more.
      expect(measured(regularised(gamma, lr, inTurn), 3000)).toBeCloseTo(predicted, 3)
    },
  )

  it('is sqrt(1 + lr^2) for simultaneous steps on the bilinear game, 1 for alternating ones', async () => {
    const jacobian = await jacobianOf(pairOf(product, neg(product)))
    expect(right(descentFactor(jacobian, turns(0.2, false)))).toBeCloseTo(Math.sqrt(1.04), 6)
    expect(right(descentFactor(jacobian, turns(0.2, true)))).toBeCloseTo(1, 6)
    expect(measured(pairOf(product, neg(product), 0.2), 50)).toBeCloseTo(Math.sqrt(1.04), 6)
  })
})

const entries = (length: number) =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: length, maxLength: length })

it('of a quadratic game is its matrices', async () => {
  await fc.assert(
    fc.asyncProperty(entries(9), entries(6), entries(6), entries(4), async (a, b, c, d) => {
      const [x, y] = [network('x', parameter([3], init.normal(1))), network('y', parameter([2], init.normal(1)))]
      const [row, column] = [reshape(x(), [1, 3]), reshape(y(), [2, 1])]
      const ofX = matmul(row, constant([3, 3], a))
      const spec = game({
        networks: { x, y },
        sources: {},
        players: {
          x: minimise(
            sum(add(matmul(ofX, reshape(x(), [3, 1])), matmul(matmul(row, constant([3, 2], b)), column))),
            'x',
          ),
          y: maximise(
            sum(
              add(
                matmul(matmul(row, constant([3, 2], c)), column),
                matmul(reshape(y(), [1, 2]), matmul(constant([2, 2], d), column)),
              ),
            ),
            'y',
          ),
        },
        dynamics: simultaneous,
        optimizers: { x: sgd({ lr: 1 }), y: sgd({ lr: 1 }) },
        batch: 1,
        steps: 1,
        seed: 1,
      })
      const { matrix, field } = await jacobianOf(spec)
      const at = (values: readonly number[], i: number, j: number, columns: number): number =>
        values[i * columns + j] ?? 0
      const expected = Array.from({ length: 5 }, (_, i) =>
        Array.from({ length: 5 }, (_, j) => {
          if (i < 3) return j < 3 ? at(a, i, j, 3) + at(a, j, i, 3) : at(b, i, j - 3, 2)
          return j < 3 ? -at(c, j, i - 3, 2) : -at(d, i - 3, j - 3, 2) - at(d, j - 3, i - 3, 2)
        }),
      )
      expected.flat().forEach((value, k) => {
        expect(matrix[Math.floor(k / 5)]?.[k % 5]).toBeCloseTo(value, 5)
      })
      expect(field.length).toBe(5)
    }),
    { numRuns: 5 },
  )
})

describe('of a GAN on data', () => {
  const small = gan({
    generator: pipe(input([2]), dense(3), tanh, dense(2)),
    discriminator: pipe(input([2]), dense(4), tanh, dense(1)),
    latent: normal([2]),
    data: ring({ modes: 4, radius: 1, std: 0.1 }),
    loss: nonSaturating,
    optimizers: { generator: sgd({ lr: 0.1 }), discriminator: sgd({ lr: 0.1 }) },
    batch: 16,
    steps: 1,
    seed: 3,
  })

  it('is what the field differs by between two near points, over the same draws', async () => {
    const at = await ready(small)
    const options = { batches: 2, step: 5 }
    const { parameters, matrix } = await jacobianAt(at, options)
    const distance = 1e-2
    const moved = async (name: string, j: number, by: number): Promise<Float64Array> => {
      const tensor = at.state[name]
      if (tensor === undefined) throw new Error(`no ${name}`)
      const values = tensor.values.map((value, k) => (k === j ? value + by : value))
      const state = { ...at.state, [name]: { ...tensor, values } }
      return (await jacobianAt({ ...at, state }, options)).field
    }
    for (const { name, first } of parameters) {
      const [before, after] = [await moved(name, 0, -distance), await moved(name, 0, distance)]
      matrix.forEach((row, i) => {
        expect(row[first]).toBeCloseTo(((after[i] ?? 0) - (before[i] ?? 0)) / (2 * distance), 3)
      })
    }
  })

  it('averages over batches', async () => {
    const at = await ready(small)
    const [one, other] = [await jacobianAt(at, { step: 5 }), await jacobianAt(at, { step: 6 })]
    const both = await jacobianAt(at, { step: 5, batches: 2 })
    both.field.forEach((value, i) => {
      expect(value).toBeCloseTo(((one.field[i] ?? 0) + (other.field[i] ?? 0)) / 2, 6)
    })
    expect(one.field).not.toEqual(other.field)
  })
})

describe('of a network that two players own', () => {
  const both = game({
    networks: { theta },
    sources: {},
    players: { a: minimise(square(theta()), 'theta'), b: minimise(square(sub(theta(), 1)), 'theta') },
    dynamics: simultaneous,
    optimizers: { a: sgd({ lr: 0.1 }), b: sgd({ lr: 0.1 }) },
    batch: 1,
    steps: 1,
    seed: 1,
  })

  it('is the sum of what they ask', async () => {
    const { parameters, field, matrix } = await jacobianOf(both)
    expect(parameters).toEqual([{ name: 'theta/0.parameter/value', shape: [], first: 0, players: ['a', 'b'] }])
    expect([...field]).toEqual([-2])
    expect(matrix.map((row) => [...row])).toEqual([[4]])
  })

  it('has a factor where they move alike', async () => {
    const jacobian = await jacobianOf(both)
    expect(right(descentFactor(jacobian, [{ a: 0.1, b: 0.1 }]))).toBeCloseTo(0.6, 6)
    expect(descentFactor(jacobian, [{ a: 0.1, b: 0.2 }])).toMatchObject({
      left: { type: 'NoAnswer', message: 'a and b move theta/0.parameter/value at different rates' },
    })
  })
})

/** One player that pays 1/2 x_1^2 + 2/2 x_2^2 + ..., whose Jacobian is a diagonal of 1, 2, ... */
const diagonal = (count: number): GameSpec => {
  const wide = network('wide', parameter([count], init.zeros))
  const weights = constant(
    [count],
    Array.from({ length: count }, (_, i) => (i + 1) / 2),
  )
  return game({
    networks: { wide },
    sources: {},
    players: { one: minimise(sum(mul(weights, square(wide()))), 'wide') },
    dynamics: simultaneous,
    optimizers: { one: sgd({ lr: 1 }) },
    batch: 1,
    steps: 1,
    seed: 1,
  })
}

it('is made of as many parameters as it may be, and has as many eigenvalues', async () => {
  const { eigenvalues } = await jacobianOf(diagonal(600))
  expectEigenvalues(
    eigenvalues,
    Array.from({ length: 600 }, (_, i) => ({ re: 600 - i, im: 0 })),
  )
})

it('says how many parameters are too many', async () => {
  const at = await ready(diagonal(601))
  const result = await gameJacobian({ ...at, drawSource: createDrawSource(createRandom(), 1, at.dataSources) })()
  expect(result).toMatchObject({
    left: { type: 'NoAnswer', message: 'the game has 601 parameters: its Jacobian is made for up to 600' },
  })
})
