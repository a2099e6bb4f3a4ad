import { expect, it } from 'vitest'
import { flow, pipe } from '#fp-ts/function'
import { inspectionOf } from '../../src/cli/inspection.ts'
import { showInspection } from '../../src/cli/show/showInspection.ts'
import * as init from '../../src/dsl/initializers/init.ts'
import { spectralNorm } from '../../src/dsl/layers/around.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { relu } from '../../src/dsl/layers/pointwise.ts'
import { minimise } from '../../src/dsl/objectives/player.ts'
import { noise } from '../../src/dsl/terms/draw.ts'
import { add, mul } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { linear } from '../../src/dsl/terms/schedules.ts'
import { E } from '../../src/dsl/terms/statistics.ts'
import { clipNorm } from '../../src/optimizers/clipNorm.ts'
import { optimistic } from '../../src/optimizers/optimistic.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { network } from '../../src/spec/handle.ts'
import { compiled, gameOf } from '../compile/playing.ts'

it('shows an optimizer with its settings, and with all that is around it', () => {
  const theta = network('theta', parameter([], init.zeros))
  const by = clipNorm({ most: 2 }, optimistic(sgd({ lr: linear({ from: 0.1, over: 50 }) })))
  const { players } = inspectionOf(
    compiled(
      gameOf({
        networks: { theta: theta.net },
        players: { p: minimise(theta(), 'theta') },
        optimizers: { p: by },
      }),
    ),
  )
  expect(players.map(({ optimizer }) => optimizer.text)).toEqual([
    'clipNorm, most 2, of optimistic, of sgd, lr 0.1 − 0.1 · min(1, step / 50)',
  ])
})

it('says by which rule a layer’s weights are made', () => {
  const D = network('D', pipe(input([2]), spectralNorm(flow(dense(3), relu)), dense(1)))
  const { networks } = inspectionOf(
    compiled(gameOf({ networks: { D: D.net }, players: { d: minimise(E(D(noise('normal', [2], 'x'))), 'D') } })),
  )
  expect(networks[0]?.layers.map(({ layer, weights }) => [layer, weights])).toEqual([
    ['input', undefined],
    ['dense', 'spectralNorm'],
    ['relu', undefined],
    ['dense', undefined],
  ])
})

it('cuts what no one would read, but in LaTeX', () => {
  const theta = network('theta', parameter([], init.zeros))
  const long = Array.from({ length: 300 }, (_, i) => i).reduce<Expr<'batch', [], string>>(
    (sum, i) => add(sum, mul(i, theta())),
    theta(),
  )
  const found = inspectionOf(
    compiled(gameOf({ networks: { theta: theta.net }, players: { p: minimise(long, 'theta') } })),
  )
  const lengths = (notation: 'text' | 'latex') =>
    showInspection(found, notation)
      .split('\n')
      .map((line) => line.length)
  expect(Math.max(...lengths('text'))).toBeLessThan(1100)
  expect(showInspection(found, 'text')).toContain('… (--json and --latex show all')
  expect(Math.max(...lengths('latex'))).toBeGreaterThan(1100)
})
