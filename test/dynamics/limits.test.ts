import { expect, it } from 'vitest'
import * as E from '#fp-ts/Either'
import { compile } from '../../src/compile/compile.ts'
import { decode, encode, maxDepth } from '../../src/dsl/codec.ts'
import { type Dynamics, simultaneous, unrolled } from '../../src/dsl/dynamics.ts'
import { add, mul } from '../../src/dsl/elementwise.ts'
import type { Expr } from '../../src/dsl/expression.ts'
import { game } from '../../src/dsl/game.ts'
import { network } from '../../src/dsl/handle.ts'
import { init } from '../../src/dsl/initializers.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { maximise, minimise } from '../../src/dsl/player.ts'
import type { GameSpec } from '../../src/dsl/spec.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { ready, right, trained } from '../analysis/ready.ts'

const theta = network('theta', parameter([], init.constant(1)))
const psi = network('psi', parameter([], init.constant(1)))
type Value = Expr<'batch', [], 'network theta' | 'network psi'>
const product: Value = mul(theta(), psi())

const bilinear = (dynamics: Dynamics<'G' | 'D'>, value = product): GameSpec =>
  game({
    networks: { theta, psi },
    sources: {},
    players: { G: minimise(value, 'theta'), D: maximise(value, 'psi') },
    dynamics,
    optimizers: { G: sgd({ lr: 1e-3 }), D: sgd({ lr: 1e-3 }) },
    batch: 1,
    steps: 1,
    seed: 1,
  })

it('a player is unrolled by as many steps as it may be, and trains', async () => {
  const steps = (count: number) => bilinear(unrolled({ player: 'G', against: 'D', steps: count }))
  const { state } = await trained(await ready(steps(100)))
  // D ends at 1 + 100 lr theta; its gradient by theta is that value, and theta times what theta moved it by.
  const [here, ahead] = [state['theta/0.parameter/value']?.values[0], 1 + 100 * 1e-3]
  expect(here).toBeCloseTo(1 - 1e-3 * (ahead + 100 * 1e-3), 6)
  expect(E.isLeft(compile(steps(101)))).toBe(true)
})

it('an objective as deep as a spec may be is read, compiled and trained', async () => {
  // Each term within another is one level; above the objective stand the game, its players and the player.
  const deep = Array.from({ length: maxDepth - 20 }).reduce<Value>((value) => add(value, 0.001), product)
  const read = right(decode(encode(bilinear(simultaneous, deep))))
  const { state } = await trained(await ready(read))
  expect(state['theta/0.parameter/value']?.values[0]).toBeCloseTo(1 - 1e-3, 6)
})
