import { expect } from 'vitest'
import * as init from '../../src/dsl/initializers/init.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { softplus } from '../../src/dsl/layers/pointwise.ts'
import { maximise, minimise } from '../../src/dsl/objectives/player.ts'
import { mul, neg } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import type { Dynamics } from '../../src/dynamics/dynamics.ts'
import type { Values } from '../../src/ir/evaluate.ts'
import type { Optimizer } from '../../src/optimizers/optimizer.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { game } from '../../src/spec/game.ts'
import { network } from '../../src/spec/handle.ts'
import { compiled, only, someState, trajectory } from '../compile/playing.ts'

const theta = network('theta', parameter([], init.zeros))
const psi = network('psi', parameter([], init.zeros))

/** min over theta, max over psi of a function of both. */
export const saddle = (
  value: Expr<'batch', [], 'network theta' | 'network psi'>,
  lr: number,
  dynamics: Dynamics<'min' | 'max'>,
  optimizer: Optimizer = sgd({ lr }),
) =>
  compiled(
    game({
      networks: { theta, psi },
      sources: {},
      players: { min: minimise(value, 'theta'), max: maximise(value, 'psi') },
      dynamics,
      optimizers: { min: optimizer, max: optimizer },
      batch: 1,
      steps: 1,
      seed: 1,
    }),
  )

export type Point = readonly [theta: number, psi: number]

export const pathOf = (made: ReturnType<typeof saddle>, [x, y]: Point, steps: number): readonly Point[] =>
  trajectory(made, startAt(made, x, y), steps).map((state) => [
    only(state['theta/0.parameter/value']),
    only(state['psi/0.parameter/value']),
  ])

/** Everything that is a copy of a parameter starts as it does; other memory starts as it is declared. */
const startAt = (made: ReturnType<typeof saddle>, x: number, y: number): Values => {
  const own = { 'theta/0.parameter/value': Float64Array.of(x), 'psi/0.parameter/value': Float64Array.of(y) }
  const start: Values = { ...someState(made), ...own }
  const copies = made.state.flatMap(({ name, start: { type, ...from } }) =>
    type === 'copy' && 'of' in from ? [[name, start[from.of] ?? Float64Array.of(Number.NaN)] as const] : [],
  )
  return { ...start, ...Object.fromEntries(copies) }
}

export const simulated = (move: (point: Point) => Point, start: Point, steps: number): readonly Point[] => {
  const path = [start]
  for (let step = 0; step < steps; step++) path.push(move(path[step] ?? start))
  return path
}

export const norm = ([x, y]: Point = [Number.NaN, Number.NaN]): number => Math.hypot(x, y)

/** Gidel et al. 2019, section 3: min over theta, max over psi of theta psi. */
export const bilinear = mul(theta(), psi())

/**
 * Mescheder et al. 2018, definition 2.1, with the true distribution at 0: f(theta psi) + f(0), f(t) = -log(1 + exp(-t)). Its
 * derivative f'(t) is the sigmoid of -t.
 */
export const dirac = neg(softplus(neg(mul(theta(), psi()))))
const sigmoid = (t: number): number => 1 / (1 + Math.exp(-t))

/** f''. */
const bend = (t: number): number => -sigmoid(t) * sigmoid(-t)

/** The derivatives of the value. */
export interface Slopes {
  readonly theta: (point: Point) => number
  readonly psi: (point: Point) => number
  readonly thetaTheta: (point: Point) => number
  readonly mixed: (point: Point) => number
  readonly psiPsi: (point: Point) => number
}
export const games: readonly (readonly [string, typeof bilinear, Slopes])[] = [
  [
    'the bilinear game',
    bilinear,
    { theta: ([, psi]) => psi, psi: ([theta]) => theta, thetaTheta: () => 0, mixed: () => 1, psiPsi: () => 0 },
  ],
  [
    'the Dirac-GAN',
    dirac,
    {
      theta: ([theta, psi]) => psi * sigmoid(-theta * psi),
      psi: ([theta, psi]) => theta * sigmoid(-theta * psi),
      thetaTheta: ([theta, psi]) => psi ** 2 * bend(theta * psi),
      mixed: ([theta, psi]) => sigmoid(-theta * psi) + theta * psi * bend(theta * psi),
      psiPsi: ([theta, psi]) => theta ** 2 * bend(theta * psi),
    },
  ],
]

export const expectSame = (found: readonly Point[], expected: readonly Point[]): void => {
  expect(found.length).toBe(expected.length)
  const off = found.map(([x, y], i) => Math.hypot(x - (expected[i]?.[0] ?? NaN), y - (expected[i]?.[1] ?? NaN)))
  expect(Math.max(...off)).toBeLessThan(1e-9)
}
