import { describe, expect, test } from 'vitest'
import * as Either from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type { Compiled } from '../../src/compile/compile.ts'
import { noFiles, openSources } from '../../src/data/datasets.ts'
import * as init from '../../src/dsl/initializers/init.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { dropout } from '../../src/dsl/layers/dropout.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { tanh } from '../../src/dsl/layers/pointwise.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { tensor } from '../../src/dsl/sources/tensor.ts'
import { interpolate, noise } from '../../src/dsl/terms/draw.ts'
import { add, mul, square, sub } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { E, grad, sum } from '../../src/dsl/terms/statistics.ts'
import { createDrawSource } from '../../src/run/draws.ts'
import { createRandom } from '../../src/run/random/random.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { compiled, gameOf, only, played, someDraws, someState } from './playing.ts'

const theta = network('theta', parameter([], init.constant(3)))
const psi = network('psi', parameter([], init.constant(3)))
const latent = source('latent', normal([2]))
const z = sample(latent)

const playing = (objective: Expr<'batch', []>, sources: GameSpec['sources'] = { latent: latent.source }) =>
  compiled(
    gameOf({
      networks: { theta: theta.net },
      sources,
      players: { p: { goal: 'minimise', objective: mul(theta(), objective).term, over: ['theta'] } },
    }),
  )
const drawsOf = ({ step }: Compiled): readonly string[] => Object.keys(step.draws)

describe('draws by name', () => {
  test('equal names are one draw, other names are independent', () => {
    const mixing = sample(latent, 'mixing')
    const game = playing(E(sum(add(mul(z, sample(latent)), mul(mixing, sample(latent, 'mixing'))))))
    expect(drawsOf(game)).toEqual(['p/0/latent.x', 'p/0/latent:mixing.x'])
    expect(Object.values(game.step.draws).map(({ origin }) => origin)).toEqual([
      { type: 'source', source: 'latent', field: 'x', stream: 'p/0/latent' },
      { type: 'source', source: 'latent', field: 'x', stream: 'p/0/latent:mixing' },
    ])
  })

  test('every update of every player draws afresh', () => {
    const objective = mul(theta(), E(sum(z)))
    const game = compiled(
      gameOf({
        networks: { theta: theta.net, psi: psi.net },
        sources: { latent: latent.source },
        players: {
          p: { goal: 'minimise', objective: objective.term, over: ['theta'] },
          q: { goal: 'minimise', objective: mul(psi(), E(sum(z))).term, over: ['psi'] },
        },
        dynamics: { type: 'alternating', counts: { p: 2, q: 1 } },
      }),
    )
    expect(drawsOf(game)).toEqual(['p/0/latent.x', 'p/1/latent.x', 'q/0/latent.x'])
  })

  test('what is shared is the same for all players and updates, of noise too', () => {
    const shared = (name: string): Expr<'batch', []> =>
      E(sum(mul(sample(latent, { draw: name, shared: true }), noise('uniform', [2], { draw: name, shared: true }))))
    const game = compiled(
      gameOf({
        networks: { theta: theta.net, psi: psi.net },
        sources: { latent: latent.source },
        players: {
          p: { goal: 'minimise', objective: mul(theta(), shared('s')).term, over: ['theta'] },
          q: { goal: 'minimise', objective: mul(psi(), shared('s')).term, over: ['psi'] },
        },
        dynamics: { type: 'alternating', counts: { p: 2, q: 1 } },
      }),
    )
    expect(drawsOf(game)).toEqual(['shared/latent:s.x', 'shared/noise/s'])
  })

  test('noise and samples of one name are two draws', () => {
    const named = source('n', normal([2]))
    const game = playing(E(sum(mul(sample(named, 'x'), noise('normal', [2], 'n.x')))), {
      latent: named.source,
      n: named.source,
    })
    expect(drawsOf(game)).toHaveLength(2)
  })
})

test('the fields of one draw are of one sample, of another draw of others', async () => {
  const classes = 5
  const labels = Array.from({ length: 20 }, (_, i) => i % classes)
  const data = source(
    'data',
    tensor({ shape: [1], values: labels.map((label, i) => label + i / 100), labels, classes }),
  )
  const [a, b] = [sample(data), sample(data, 'other')]
  const game = playing(add(E(add(sum(a.x), sum(a.label))), E(add(sum(b.x), sum(b.label)))), {
    data: data.source,
  })
  const opened = await openSources(game.game, noFiles)()
  if (Either.isLeft(opened)) throw new Error(opened.left.message)
  const draws = createDrawSource(createRandom(), 1, opened.right)(game.step, 0, 8)
  for (const name of ['data', 'data:other']) {
    const [x, label] = [draws[`p/0/${name}.x`] ?? [], draws[`p/0/${name}.label`] ?? []]
    expect(x.length).toBe(8 * 4)
    for (const [i, value] of x.entries()) expect(label[classes * i + Math.floor(value + 1e-6)]).toBe(1)
  }
  expect(draws['p/0/data.x']).not.toEqual(draws['p/0/data:other.x'])
})

describe('dropout’s masks', () => {
  const D = network('D', pipe(input([2]), dense(6), dropout(0.5), tanh, dense(1)))
  const data = source('data', normal([2]))
  const x = sample(data)
  const point = interpolate(x, z)
  const of = (objective: Expr) =>
    compiled(
      gameOf({
        networks: { D: D.net },
        sources: { latent: latent.source, data: data.source },
        players: { d: { goal: 'minimise', objective: objective.term, over: ['D'] } },
      }),
    )
  const masks = (objective: Expr): readonly string[] =>
    drawsOf(of(objective)).filter((name) => name.includes('dropout'))

  test('differ by what the network is applied to', () => {
    expect(masks(add(E(D(x)), E(D(z))))).toEqual(['d/0/D/2.dropout:0', 'd/0/D/2.dropout:1'])
  })

  test('are one for the same application, wherever it stands, in value and gradient', () => {
    const penalty = E(sum(square(grad(D(point), point))))
    expect(masks(add(E(D(point)), penalty))).toEqual(['d/0/D/2.dropout:0'])
  })

  test('are one for what a loss calls logits and one’s own expression', () => {
    const logits: Expr<'sample', [1]> = { term: { op: 'apply', network: 'D', inputs: { x: x.term }, logits: true } }
    expect(masks(sub(E(D(x)), E(logits)))).toHaveLength(0) // the same number, so the difference is 0
    expect(masks(add(E(D(x)), E(square(logits))))).toHaveLength(1)
  })

  test('are told apart, or made one, by an application’s name', () => {
    expect(masks(add(E(D(x, 'a')), E(square(D(x, 'b')))))).toEqual(['d/0/D/2.dropout:a', 'd/0/D/2.dropout:b'])
    expect(masks(add(E(D(x, 'a')), E(D(z, 'a'))))).toEqual(['d/0/D/2.dropout:a'])
  })

  test('do not change with what else is in the game', () => {
    const alone = masks(add(E(D(x)), E(D(z))))
    expect(masks(add(E(D(x)), add(E(D(z)), E(sum(square(z))))))).toEqual(alone)
  })

  test('drop the same units in the gradient as in the value', () => {
    // D's gradient by x along x, of the objective's own mask, by finite differences of the objective itself.
    const shifted = (by: number) => of(E(D(add(x, by))))
    const slopes = of(E(sum(grad(D(x), x))))
    const state = someState(slopes)
    const draws = someDraws(slopes.step)
    const value = (game: Compiled): number => only(played(game, state, draws).metrics.d)
    const difference = (value(shifted(1e-5)) - value(shifted(-1e-5))) / 2e-5
    expect(Object.keys(draws).sort()).toEqual(drawsOf(shifted(1)).toSorted())
    expect(value(slopes)).toBeCloseTo(difference, 7)
  })
})
