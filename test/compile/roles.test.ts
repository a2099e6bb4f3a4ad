import { describe, expect, it } from 'vitest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { rolesOf } from '../../src/compile/roles.ts'
import * as init from '../../src/dsl/initializers/init.ts'
import { concat } from '../../src/dsl/layers/concat.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { sigmoid } from '../../src/dsl/layers/pointwise.ts'
import { maximise, minimise } from '../../src/dsl/objectives/player.ts'
import { type View, view } from '../../src/dsl/objectives/view.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { ring } from '../../src/dsl/sources/ring.ts'
import { noise } from '../../src/dsl/terms/draw.ts'
import { add, log, mul, sub } from '../../src/dsl/terms/elementwise.ts'
import { E as mean } from '../../src/dsl/terms/statistics.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import { minimax } from '../../src/losses/minimax.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { game } from '../../src/spec/game.ts'
import { gan } from '../../src/spec/gan.ts'
import { network, networks, sample, source } from '../../src/spec/handle.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { type Chance, perhaps } from '../../src/views/chance.ts'
import { flipLabels } from '../../src/views/flipLabels.ts'
import * as views from '../../src/views/views.ts'
import { right } from '../data/files.ts'

const play = { batch: 4, steps: 1, seed: 1 }
const rate = adam({ lr: 1e-3 })
const data = source('data', ring({ modes: 8, radius: 2, std: 0.02 }))
const latent = source('latent', normal([3]))
const roles = (spec: GameSpec) => rolesOf({ game: spec })

describe('rolesOf', () => {
  it('reads a gan', () => {
    const found = roles(
      gan({
        generator: pipe(input([3]), dense(2)),
        discriminator: pipe(input([2]), dense(1)),
        latent: latent.source,
        data: data.source,
        loss: minimax,
        optimizers: { generator: rate, discriminator: rate },
        ...play,
      }),
    )
    expect(found).toMatchObject(
      E.right({
        player: 'discriminator',
        critic: 'D',
        real: { op: 'sample', source: 'data', field: 'x' },
        generated: { op: 'apply', network: 'G' },
        realScore: { network: 'D' },
        generatedScore: { network: 'D' },
      }),
    )
  })

  it('reads through views, packs and flipped labels', () => {
    const vectors = {
      generator: pipe(input([3]), dense(2)),
      latent: latent.source,
      data: data.source,
      loss: minimax,
      optimizers: { generator: rate, discriminator: rate },
      ...play,
    }
    const single = { ...vectors, discriminator: pipe(input([2]), dense(1)) }
    const often = (chance: Chance): View[] => [
      view((sample, { draw }) => mul(perhaps(chance, draw, noise('uniform', [], draw)), sample)),
    ]
    const games = [
      gan({ ...single, views: [views.instanceNoise({ std: 0.1 })] }),
      gan({ ...single, views: [views.adaptive((probability) => often({ probability }), { rise: 0.1 })] }),
      gan({ ...single, loss: flipLabels({ probability: 0.1 })(minimax) }),
      gan({ ...vectors, discriminator: pipe(input([4]), dense(1)), packing: 2 }),
    ]
    for (const spec of games) {
      const found = roles(spec)
      expect(found).toMatchObject(
        E.right({
          real: { op: 'sample', source: 'data', field: 'x' },
          generated: { op: 'apply', network: 'G', inputs: { x: { op: 'sample', source: 'latent', field: 'x' } } },
        }),
      )
      // What only asks has no memory.
      expect(JSON.stringify(found)).not.toContain('slot')
    }
  })

  it('scores each kind alone under flipped labels, and says how many samples a score is of', () => {
    const parts = {
      generator: pipe(input([3]), dense(2)),
      latent: latent.source,
      data: data.source,
      loss: flipLabels({ probability: 0.3 })(minimax),
      optimizers: { generator: rate, discriminator: rate },
      ...play,
    }
    const wide = (size: number) => pipe(input([size]), dense(1))
    const games = [
      { spec: gan({ ...parts, discriminator: wide(2) }), samples: 1 },
      { spec: gan({ ...parts, discriminator: wide(2), views: [views.instanceNoise({ std: 0.1 })] }), samples: 1 },
      { spec: gan({ ...parts, discriminator: wide(6), packing: 3 as number }), samples: 3 },
    ]
    for (const { spec, samples } of games) {
      const found = right(roles(spec))
      expect(found.samples).toBe(samples)
      for (const score of [found.realScore, found.generatedScore]) expect(JSON.stringify(score)).not.toContain('select')
      expect(JSON.stringify(found.realScore)).not.toContain('latent')
      expect(JSON.stringify(found.generatedScore)).not.toContain('"source":"data"')
    }
  })

  it('reads a game of other names, whatever order its objectives are written in', () => {
    const { artist, judge } = networks({ artist: pipe(input([3]), dense(2)), judge: pipe(input([2]), dense(1)) })
    const V = add(mean(log(sub(1, sigmoid(judge(artist(sample(latent))))))), mean(log(sigmoid(judge(sample(data))))))
    const found = roles(
      game({
        networks: { artist, judge },
        sources: { data, latent },
        players: { forger: minimise(V, 'artist'), expert: maximise(V, 'judge') },
        dynamics: simultaneous,
        optimizers: { forger: rate, expert: rate },
        ...play,
      }),
    )
    expect(found).toMatchObject(
      E.right({ player: 'expert', critic: 'judge', generated: { network: 'artist' }, real: { source: 'data' } }),
    )
  })

  it('reads a conditional game: the generator is given a label of the data', () => {
    const labelled = source('data', ring({ modes: 8, radius: 2, std: 0.02, labels: true }))
    const { x, label } = sample(labelled)
    const G = network('G', pipe(concat(input([3], 'z'), input([8], 'label')), dense(2)))
    const D = network('D', pipe(concat(input([2]), input([8], 'label')), dense(1)))
    const V = sub(mean(D({ x, label })), mean(D({ x: G({ z: sample(latent), label }), label })))
    const found = roles(
      game({
        networks: { D, G },
        sources: { data: labelled, latent },
        players: { critic: maximise(V, 'D') },
        dynamics: simultaneous,
        optimizers: { critic: rate },
        ...play,
      }),
    )
    expect(found).toMatchObject(E.right({ real: { field: 'x' }, generated: { network: 'G' } }))
  })

  it('finds none in the Dirac-GAN, where nothing is drawn', () => {
    const { theta, psi } = networks({ theta: parameter([1], init.constant(1)), psi: parameter([1], init.constant(1)) })
    const V = mul(theta(), psi())
    const found = roles(
      game({
        networks: { theta, psi },
        sources: {},
        players: { generator: minimise(V, 'theta'), discriminator: maximise(V, 'psi') },
        dynamics: simultaneous,
        optimizers: { generator: rate, discriminator: rate },
        ...play,
      }),
    )
    expect(found).toMatchObject({ left: { message: expect.stringContaining('no discriminator found') } })
  })

  it('does not take a reconstruction for a sample', () => {
    const { A, D } = networks({ A: pipe(input([2]), dense(2)), D: pipe(input([2]), dense(1)) })
    const x = sample(data)
    const V = sub(mean(D(x)), mean(D(A(x))))
    const found = roles(
      game({
        networks: { A, D },
        sources: { data },
        players: { critic: maximise(V, 'D'), coder: minimise(V, 'A') },
        dynamics: simultaneous,
        optimizers: { critic: rate, coder: rate },
        ...play,
      }),
    )
    expect(E.isLeft(found)).toBe(true)
  })
})
