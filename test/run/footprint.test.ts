import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import { compile } from '../../src/compile/compile.ts'
import { showError } from '../../src/errors/failure.ts'
import {
  adam,
  conv2d,
  convTranspose2d,
  dense,
  flatten,
  gan,
  input,
  leakyRelu,
  losses,
  normal,
  relu,
  reshape,
  ring,
  tensor,
} from '../../src/index.ts'
import { footprint, memoryErrors } from '../../src/run/footprint.ts'
import { prepare } from '../../src/run/prepare.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { leftOf, right } from '../data/files.ts'

const rate = adam({ lr: 1e-3 })
const game = (units: number, batch: number): GameSpec =>
  gan({
    generator: pipe(input([4]), dense(units), relu, dense(2)),
    discriminator: pipe(input([2]), dense(16), leakyRelu(0.2), dense(1)),
    latent: normal([4]),
    data: ring({ modes: 8, radius: 2, std: 0.02 }),
    loss: losses.nonSaturating,
    optimizers: { generator: rate, discriminator: rate },
    batch,
    steps: 1,
    seed: 1,
  })
const bytes = (spec: GameSpec): number => footprint(right(compile(spec))).bytes

test('it is at least all state thrice, and grows with the width and with the batch', () => {
  const sizes = fc.integer({ min: 1, max: 2 ** 30 })
  fc.assert(
    fc.property(sizes, sizes, sizes, (units, batch, more) => {
      const state = 3 * 7 * units + 16 * 3 * 3 + 17 * 3 + 2 * 3
      expect(bytes(game(units, batch))).toBeGreaterThanOrEqual(3 * 4 * state)
      expect(bytes(game(units, batch))).toBeGreaterThanOrEqual(4 * units * batch)
      expect(bytes(game(units + more, batch))).toBeGreaterThan(bytes(game(units, batch)))
      expect(bytes(game(units, batch + more))).toBeGreaterThan(bytes(game(units, batch)))
    }),
    { numRuns: 20 },
  )
})

test('what fits is not refused: the largest of the games that are measured needs little', () => {
  const image = tensor({ shape: [64, 64, 3], values: Array.from({ length: 64 * 64 * 3 }, () => 0) })
  const up = { kernel: 4, stride: 2, padding: 'same' } as const
  const dcgan = gan({
    generator: pipe(
      input([100]),
      dense(4 * 4 * 512),
      reshape([4, 4, 512]),
      relu,
      convTranspose2d({ filters: 256, ...up }),
      relu,
      convTranspose2d({ filters: 128, ...up }),
      relu,
      convTranspose2d({ filters: 64, ...up }),
      relu,
      convTranspose2d({ filters: 3, ...up }),
    ),
    discriminator: pipe(
      input([64, 64, 3]),
      conv2d({ filters: 64, ...up }),
      leakyRelu(0.2),
      conv2d({ filters: 512, ...up }),
      flatten,
      dense(1),
    ),
    latent: normal([100]),
    data: image,
    loss: losses.nonSaturating,
    optimizers: { generator: rate, discriminator: rate },
    batch: 64,
    steps: 1,
    seed: 1,
  })
  expect(bytes(dcgan)).toBeLessThan(1e9)
  expect(memoryErrors(right(compile(dcgan)), 1e9)).toEqual([])
})

test.each([
  [
    game(1e10, 8),
    'networks.G.nodes.1.layer: expected a game that fits into 24 GB of memory, found one that needs ',
    'GB of it for G/1.dense/kernel and its optimizer state [4, 10000000000]\n  Make this layer, or what it reads, smaller.',
  ],
  [
    game(16, 1e12),
    'batch: expected a game that fits into 24 GB of memory, found one that needs ',
    ' [2000000000000, 16]\n  Lower batch, or make the networks and samples behind it smaller.',
  ],
])('%#: what does not fit is refused before anything is allocated, in words', async (spec, begin, end) => {
  const before = process.memoryUsage().arrayBuffers
  const message = showError(await leftOf(prepare(spec, { memory: 24e9 })))
  expect(message.startsWith(begin), message).toBe(true)
  expect(message.endsWith(end), message).toBe(true)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e7)
})

test('without a limit the machine has its own', async () => {
  expect(showError(await leftOf(prepare(game(16, 1e12))))).toMatch(/^batch: expected a game that fits into [\d.]+ GB/)
})
