import * as fc from 'fast-check'
import { adam, compile, dense, gan, input, type Loss, losses, normal, pipe, relu } from 'saddlepoint'
import { describe, expect, it } from 'vitest'

const rate = adam({ lr: 1e-3 })

const gameOf = (loss: Loss, size: number, output: number) =>
  gan({
    generator: pipe(input([2]), dense(size)),
    discriminator: pipe(input([size]), dense(4), relu, dense(output)),
    latent: normal([2]),
    data: normal([size]),
    loss,
    optimizers: { generator: rate, discriminator: rate },
    batch: 4,
    steps: 2,
    seed: 1,
  })

const autoencoding = {
  energyBased: losses.energyBased({ margin: 1, energy: 'reconstruction' }),
  boundaryEquilibrium: losses.boundaryEquilibrium(),
}

describe.each(Object.entries(autoencoding))('losses.%s', (name, loss) => {
  it('takes a discriminator whose output has the shape of a sample, and no other', () => {
    const size = fc.integer({ min: 1, max: 5 })
    fc.assert(
      fc.property(size, size, (sample, output) => {
        expect(compile(gameOf(loss, sample, output))._tag).toBe(sample === output ? 'Right' : 'Left')
      }),
    )
  })

  it('says where, what it expected, what it found and what to do', () => {
    expect(compile(gameOf(loss, 3, 1))).toMatchObject({
      left: {
        errors: [
          {
            path: ['networks', 'D', 'output'],
            expected: `[3], the shape of a sample: losses.${name} reads D as an autoencoder`,
            found: '[1]',
            hint: expect.stringContaining('end D in a layer whose output has the shape [3]'),
          },
        ],
      },
    })
  })
})

it('takes a discriminator that gives the energy itself', () => {
  const loss = losses.energyBased({ margin: 1, energy: 'output' })
  expect(compile(gameOf(loss, 3, 1))._tag).toBe('Right')
})
