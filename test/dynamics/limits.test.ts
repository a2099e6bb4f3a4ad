import { expect, it } from 'vitest'
import * as E from '#fp-ts/Either'
import { compile } from '../../src/compile/compile.ts'
import * as init from '../../src/dsl/initializers/init.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { maximise, minimise } from '../../src/dsl/objectives/player.ts'
import { add, mul } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import type { Dynamics } from '../../src/dynamics/dynamics.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import { unrolled } from '../../src/dynamics/unrolled.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { decode, encode } from '../../src/spec/codec.ts'
import { maxDepth } from '../../src/spec/depth.ts'
import { game } from '../../src/spec/game.ts'
import { network } from '../../src/spec/handle.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { ready, right, trained } from '../measure/ready.ts'

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
