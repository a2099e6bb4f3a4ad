import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import {
  add,
  alternating,
  dense,
  E,
  flatten,
  game,
  idx,
  input,
  losses,
  maximise,
  minimise,
  mul,
  network,
  normal,
  npy,
  ops,
  pipe,
  reshape,
  sample,
  sgd,
  sigmoid,
  source,
  sub,
  tanh,
  views,
} from '../../src/index.ts'
import { imageRange } from '../../src/run/imageRange.ts'
import { gan } from '../../src/spec/gan.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { smallRing } from './ring.ts'

const rate = sgd({ lr: 0.1 })
const optimizers = { generator: rate, discriminator: rate }
const play = { batch: 4, steps: 1, seed: 1 }
const none = new Float32Array(0)
const range = [0, 2] as const
const images = idx({ images: 'none', shape: [2, 2, 1], range })

/** A game whose critic sees the images through an expression. */
const seeing = (
  see: (x: Expr<'sample', [2, 2, 1], 'source data'>) => Expr<'sample', [number, number, number], 'source data'>,
): GameSpec => {
  const G = network('G', pipe(input([3]), dense(16), reshape([4, 4, 1])))
  const D = network('D', pipe(input([4, 4, 1]), flatten, dense(1)))
  const [data, latent] = [source('data', images), source('latent', normal([3]))]
  const V = sub(E(D(see(sample(data)))), E(D(G(sample(latent)))))
  return game({
    networks: { G, D },
    sources: { data, latent },
    players: { discriminator: maximise(V, 'D'), generator: minimise(V, 'G') },
    dynamics: alternating({ discriminator: 1, generator: 1 }),
    optimizers,
    ...play,
  })
}

const framed = (x: Expr<'sample', [2, 2, 1], 'source data'>) => ops.reshape(ops.pad(x, [1, 1, 0], [1, 1, 0]), [4, 4, 1])

describe('black and white', () => {
  test('are what the critic sees of the file’s', () => {
    const numbers = fc.integer({ min: -4, max: 4 })
    fc.assert(
      fc.property(numbers, numbers, numbers, (scale, up, down) => {
        const seen = [0, 2].map((value) => scale * (value + up) - down)
        const found = imageRange(
          seeing((x) => sub(mul(scale, add(ops.pad(x, [1, 1, 0], [1, 1, 0]), up)), down)),
          none,
        )
        fc.pre(scale !== 0)
        expect(found.map((x) => x + 0)).toEqual([Math.min(...seen) + 0, Math.max(...seen) + 0])
      }),
    )
    expect(
      imageRange(
        seeing((x) => sub(ops.pad(sub(x, 1), [1, 1, 0], [1, 1, 0]), 3)),
        none,
      ),
    ).toEqual([-4, -2])
  })

  test('are the file’s where the critic sees more than it', () => {
    const game = gan({
      generator: pipe(input([3]), dense(4), reshape([2, 2, 1])),
      discriminator: pipe(input([2, 2, 1]), flatten, dense(1)),
      latent: normal([3]),
      data: images,
      loss: losses.minimax,
      views: [views.instanceNoise({ std: 0.1 })],
      optimizers,
      ...play,
    })
    expect(imageRange(game, none)).toEqual(range)
    expect(imageRange(seeing(framed), none)).toEqual(range)
  })

  test('are what the generator can make where no source says them', () => {
    const made = (last: 'tanh' | 'sigmoid' | 'identity') => {
      const generators = {
        tanh: pipe(input([3]), dense(4), tanh, reshape([2, 2, 1])),
        sigmoid: pipe(input([3]), dense(4), sigmoid, reshape([2, 2, 1])),
        identity: pipe(input([3]), dense(4), reshape([2, 2, 1])),
      }
      const data = npy({ path: 'none', shape: [2, 2, 1] })
      return gan({
        generator: generators[last],
        discriminator: pipe(input([2, 2, 1]), flatten, dense(1)),
        latent: normal([3]),
        data,
        loss: losses.minimax,
        optimizers,
        ...play,
      })
    }
    expect(imageRange(made('tanh'), none)).toEqual([-1, 1])
    expect(imageRange(made('sigmoid'), none)).toEqual([0, 1])
    expect(imageRange(made('identity'), Float32Array.of(3, 7))).toEqual([3, 7])
  })

  test('are otherwise what the images reach, or the nearest usual range about it', () => {
    expect(imageRange(smallRing, Float32Array.of(0.25, 0.5))).toEqual([0, 1])
    expect(imageRange(smallRing, Float32Array.of(-0.25, 0.5))).toEqual([-1, 1])
    expect(imageRange(smallRing, Float32Array.of(-2, 0.5))).toEqual([-2, 0.5])
    expect(imageRange(smallRing, Float32Array.of(5, 5))).toEqual([5, 6])
  })
})
