import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { concat } from '../../src/dsl/layers/concat.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { relu } from '../../src/dsl/layers/pointwise.ts'
import { outputs, share } from '../../src/dsl/networks/net.ts'
import { maximise, minimise } from '../../src/dsl/objectives/player.ts'
import * as gans from '../../src/dsl/objectives/symbols.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { ring } from '../../src/dsl/sources/ring.ts'
import { add, mul, square, sub } from '../../src/dsl/terms/elementwise.ts'
import { grad, E as mean, norm } from '../../src/dsl/terms/statistics.ts'
import { sumOf } from '../../src/dsl/terms/tensor.ts'
import { alternating } from '../../src/dynamics/alternating.ts'
import { minimax } from '../../src/losses/minimax.ts'
import { nonSaturating } from '../../src/losses/nonSaturating.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { decode, encode } from '../../src/spec/codec.ts'
import { game } from '../../src/spec/game.ts'
import { gan } from '../../src/spec/gan.ts'
import { network, networks, sample, source } from '../../src/spec/handle.ts'
import * as games from '../types/games.ts'

const data = source('data', ring({ modes: 8, radius: 2, std: 0.02, labels: true }))
const latent = source('latent', normal([16]))
const real = sample(data)
const z = sample(latent)

describe('handles', () => {
  test('a sample of one field is an expression, of several a record', () => {
    expect(z.term).toStrictEqual({ op: 'sample', source: 'latent', field: 'x' })
    expect(real.label.term).toStrictEqual({ op: 'sample', source: 'data', field: 'label' })
    expect(sample(latent, 'mixing').term).toStrictEqual({ op: 'sample', source: 'latent', field: 'x', draw: 'mixing' })
    expect(sample(latent, { draw: 'mixing', shared: true }).term).toStrictEqual({
      op: 'sample',
      source: 'latent',
      field: 'x',
      draw: 'mixing',
      shared: true,
    })
  })

  test('a network applies to nothing, to one expression, or to several by name', () => {
    const theta = network('theta', parameter([2], { type: 'zeros' }))
    expect(theta().term).toStrictEqual({ op: 'apply', network: 'theta', inputs: {} })
    expect(theta('again').term).toStrictEqual({ op: 'apply', network: 'theta', inputs: {}, name: 'again' })
    const one = network('one', pipe(input([16], 'z'), dense(2)))
    expect(one(z, 'again').term).toStrictEqual({
      op: 'apply',
      network: 'one',
      inputs: { z: z.term },
      name: 'again',
    })
    const several = network('several', pipe(concat(input([16], 'z'), input([8], 'label')), dense(2)))
    expect(several({ z, label: real.label }).term).toStrictEqual({
      op: 'apply',
      network: 'several',
      inputs: { z: z.term, label: real.label.term },
    })
  })

  test('a list of networks is named by its places, and listed in a game under those names', () => {
    const critics = networks(
      'D',
      [4, 8].map((n) => pipe(input([16]), dense(n), dense(1))),
    )
    expect(critics.map(({ named }) => named)).toEqual(['D0', 'D1'])
    const value = sumOf(critics.map((D) => mean(D(z))))
    const options = { dynamics: alternating({ critics: 1 }), optimizers: { critics: adam({ lr: 1 }) } }
    const play = { batch: 2, steps: 1, seed: 1, players: { critics: maximise(value, ['D0', 'D1']) } }
    const listed = game({ networks: critics, sources: [latent], ...options, ...play })
    const [D0, D1] = networks('D', [critics[0]?.net ?? input([16]), critics[1]?.net ?? input([16])])
    expect(listed.networks).toEqual({ D0: D0.net, D1: D1.net })
    expect(listed.sources).toEqual({ latent: latent.source })
    expect(E.isRight(decode(encode(listed)))).toBe(true)
  })

  test('inputs called term and op are inputs', () => {
    const net = network('N', concat(input([16], 'term'), input([8], 'op')))
    const inputs = { term: z.term, op: real.label.term }
    expect(net({ term: z, op: real.label }).term).toStrictEqual({ op: 'apply', network: 'N', inputs })
  })

  test('several outputs are a record of applications', () => {
    const { D } = networks({
      D: pipe(
        input([2]),
        share((h) => outputs({ real: dense(1)(h), label: dense(8)(h) })),
      ),
    })
    const made = D(real.x)
    expect(made.real.term).toStrictEqual({ op: 'apply', network: 'D', inputs: { x: real.x.term }, output: 'real' })
    expect(made.label.term).toStrictEqual({ op: 'apply', network: 'D', inputs: { x: real.x.term }, output: 'label' })
  })
})

describe('gan', () => {
  const generator = pipe(input([16], 'z'), dense(8), relu, dense(2))
  const discriminator = pipe(input([2]), dense(8), relu, dense(1))
  const rate = adam({ lr: 1e-3 })
  const common = {
    optimizers: { generator: rate, discriminator: rate },
    batch: 64,
    steps: 100,
    seed: 1,
  }
  const r1 = mul(0.05, mean(square(norm(grad(gans.D(gans.x), gans.x)))))
  const parts = {
    generator,
    discriminator,
    latent: normal([16]),
    data: ring({ modes: 8, radius: 2, std: 0.02 }),
    ...common,
  }

  test('is the game of D and G, data and latent', () => {
    const { provenance, ...made } = gan({ ...parts, loss: nonSaturating })
    expect(provenance?.loss).toEqual({ loss: { name: 'nonSaturating', parameters: {} }, changes: [] })
    expect(made).toStrictEqual(
      game({
        networks: {
          D: network('D', discriminator),
          G: network('G', pipe(input([16]), dense(8), relu, dense(2))),
        },
        sources: { data: source('data', parts.data), latent },
        players: { discriminator: nonSaturating.discriminator, generator: nonSaturating.generator },
        dynamics: alternating({ discriminator: 1, generator: 1 }),
        ...common,
      }),
    )
  })

  test('adds penalties to what the discriminator minimises, and subtracts them from what it maximises', () => {
    const least = { discriminator: minimise(mean(gans.D(gans.x)), 'D'), generator: minimax.generator }
    const objective = (loss: gans.Loss) => gan({ ...parts, loss, penalties: [r1, r1] }).players.discriminator?.objective
    const own = { term: least.discriminator.objective }
    expect(objective(least)).toEqual(add(add(own, r1), r1).term)
    expect(objective(minimax)).toEqual(sub(sub({ term: minimax.discriminator.objective }, r1), r1).term)
  })

  test('losses apply D to logits, and so do penalties', () => {
    expect(JSON.stringify(minimax.generator.objective)).toContain('"logits":true')
    expect(r1.term).toMatchObject({ right: { of: { of: { of: { of: { of: { of: { logits: true } } } } } } } })
  })

  test('a player owns what it says', () => {
    expect(maximise(mean(gans.D(gans.x)), 'D')).toStrictEqual({
      goal: 'maximise',
      objective: mean(gans.D(gans.x)).term,
      over: ['D'],
    })
  })
})

test.each(Object.entries(games))('%s is data: decode(encode(game)) is the game', (_, spec) => {
  expect(decode(JSON.parse(JSON.stringify(encode(spec))))).toEqual(E.right(spec))
})
