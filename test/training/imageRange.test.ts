import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Expr } from '../../src/dsl/expression.ts'
import { gan } from '../../src/dsl/gan.ts'
import type { GameSpec } from '../../src/dsl/spec.ts'
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
  ops,
  pipe,
  reshape,
  sample,
  sgd,
  source,
  sub,
  views,
} from '../../src/index.ts'
import { imageRange } from '../../src/training/imageRange.ts'
import { smallRing } from './ring.ts'

const rate = sgd({ lr: 0.1 })
const optimizers = { generator: rate, discriminator: rate }
const play = { batch: 4, steps: 1, seed: 1 }
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
        const found = imageRange(seeing((x) => sub(mul(scale, add(ops.pad(x, [1, 1, 0], [1, 1, 0]), up)), down)))
        expect(found).toEqual([Math.min(...seen), Math.max(...seen)])
      }),
    )
    expect(imageRange(seeing((x) => sub(ops.pad(sub(x, 1), [1, 1, 0], [1, 1, 0]), 3)))).toEqual([-4, -2])
  })

  test('are the file’s where the critic sees more than it', () => {
    const game = gan({
      generator: pipe(input([3]), dense(4), reshape([2, 2, 1])),
      discriminator: pipe(input([2, 2, 1]), flatten, dense(1)),
      latent: normal([3]),
      data: images,
      loss: losses.minimax,
      sees: [views.instanceNoise({ std: 0.1 })],
      optimizers,
      ...play,
    })
    expect(imageRange(game)).toEqual(range)
    expect(imageRange(seeing(framed))).toEqual(range)
  })

  test('are not known without a file', () => {
    expect(imageRange(smallRing)).toBeUndefined()
  })
})
