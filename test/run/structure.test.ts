import { describe, expect, test } from 'vitest'
import { compile } from '../../src/compile/compile.ts'
import {
  adam,
  add,
  addOutputs,
  averagePool,
  batchNorm,
  concat,
  conv2d,
  dense,
  downsample,
  E,
  embedding,
  flatten,
  flow,
  game,
  gan,
  globalSumPool,
  grad,
  input,
  leakyRelu,
  losses,
  maxout,
  maxPool,
  minibatchDiscrimination,
  minibatchStd,
  minimise,
  multiplyOutputs,
  neg,
  network,
  normal,
  penalties,
  pipe,
  pixelShuffle,
  prelu,
  relu,
  reshape,
  residual,
  ring,
  sample,
  selfAttention,
  share,
  sigmoid,
  simultaneous,
  softplus,
  source,
  square,
  sum,
  tanh,
  tensor,
  total,
  upsample,
} from '../../src/index.ts'
import { createSampler, sampleQuery } from '../../src/run/sampler.ts'
import { train } from '../../src/run/train.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { right, rightOf } from '../data/files.ts'

const modes = 4

/** A ring whose modes are asked for by name: an embedded label in the generator, a projection in the discriminator. */
const projected = (): GameSpec => {
  const D = network(
    'D',
    pipe(
      input([2]),
      dense(64),
      prelu,
      residual(flow(dense(64), prelu)),
      share((phi) =>
        addOutputs(
          pipe(phi, dense(1)),
          pipe(multiplyOutputs(phi, pipe(input([modes], 'label'), embedding(64))), total),
        ),
      ),
    ),
  )
  const G = network(
    'G',
    pipe(
      concat(input([4], 'z'), pipe(input([modes], 'label'), embedding(8))),
      dense(96),
      maxout(2),
      dense(48),
      relu,
      dense(2),
    ),
  )
  const data = source('data', ring({ modes, radius: 1, std: 0.1, labels: true }))
  const latent = source('latent', normal([4]))
  const { x, label } = sample(data)
  const fake = G({ z: sample(latent), label })
  const cost = add(E(softplus(neg(D({ x, label })))), E(softplus(D({ x: fake, label }))))
  const rate = adam({ lr: 2e-3, beta1: 0.5 })
  return game({
    networks: { D, G },
    sources: { data, latent },
    players: { D: minimise(cost, 'D'), G: minimise(E(softplus(neg(D({ x: fake, label })))), 'G') },
    dynamics: simultaneous,
    optimizers: { D: rate, G: rate },
    batch: 64,
    steps: 1500,
    seed: 1,
  })
}

test('a projection discriminator teaches which mode a label asks for (Miyato and Koyama 2018)', async () => {
  const trained = await rightOf(train(projected(), { backend: 'onnx', threads: 1 }))
  const store = await rightOf(trained.backend.store(trained.state))
  for (let label = 0; label < modes; label++) {
    const query = right(sampleQuery(trained.compiled, { inputs: { label: [label] } }))
    const { values } = await rightOf((await rightOf(createSampler(query, store, trained.drawSource))).take(200))
    const mean = (axis: number): number => values.filter((_, i) => i % 2 === axis).reduce((sum, v) => sum + v, 0) / 200
    const angle = (2 * Math.PI * label) / modes
    expect(Math.hypot(mean(0) - Math.cos(angle), mean(1) - Math.sin(angle)), `label ${label}`).toBeLessThan(0.5)
  }
  store.dispose()
})

/** A game of images with each layer that has no test of its own that trains it. */
const parts = {
  generator: pipe(
    input([6]),
    dense(32),
    reshape([2, 2, 8]),
    upsample(2),
    selfAttention(),
    residual(flow(relu, conv2d({ filters: 8, kernel: 3 }))),
    pixelShuffle(2),
    upsample(2, { method: 'bilinear' }),
    downsample(2),
    conv2d({ filters: 1, kernel: 3 }),
    tanh,
  ),
  discriminator: pipe(
    input([8, 8, 1]),
    conv2d({ filters: 8, kernel: 3 }),
    leakyRelu(0.2),
    averagePool(2),
    share((h) => multiplyOutputs(h, pipe(h, conv2d({ filters: 8, kernel: 1 }), sigmoid))),
    maxPool(2),
    minibatchStd(),
    share((h) => concat(pipe(h, globalSumPool), pipe(h, flatten))),
    minibatchDiscrimination({ features: 3, dimensions: 2 }),
    dense(1),
  ),
  latent: normal([6]),
  data: tensor({ shape: [8, 8, 1], values: Array.from({ length: 16 * 64 }, (_, i) => Math.sin(i * i)) }),
  loss: losses.nonSaturating,
  optimizers: { generator: adam({ lr: 1e-3 }), discriminator: adam({ lr: 1e-3 }) },
  batch: 8,
  steps: 3,
  seed: 1,
}
const images = gan(parts)

describe('a game of the layers of structure', () => {
  test('trains: every parameter moves, and stays finite', async () => {
    const { state: start } = await rightOf(train({ ...images, steps: 0 }, { backend: 'onnx', threads: 1 }))
    const { state, compiled } = await rightOf(train(images, { backend: 'onnx', threads: 1 }))
    const parameters = compiled.state.filter(({ start }) => start.type === 'parameter').map(({ name }) => name)
    expect(parameters.filter((name) => name.includes('selfAttention'))).toHaveLength(5)
    for (const name of parameters) {
      const [before, after] = [start[name]?.values ?? [], state[name]?.values ?? []]
      expect([...after].every(Number.isFinite), name).toBe(true)
      expect(
        [...after].some((value, i) => value !== before[i]),
        name,
      ).toBe(true)
    }
  })

  test('warns of a gradient penalty through layers that mix samples, by name', () => {
    const penalised = gan({ ...parts, penalties: [penalties.r1({ weight: 1 })] })
    const mixing = right(compile(penalised)).warnings.flatMap(({ message }) => /D\/\d+\.\w+/.exec(message) ?? [])
    expect(mixing).toEqual(['D/8.minibatchStd', 'D/12.minibatchDiscrimination'])
  })
  test('warns so of a network that is frozen only where its layers mix there too', () => {
    const D = network('D', pipe(input([2]), dense(4), batchNorm, minibatchStd(), dense(1)))
    const G = network('G', pipe(input([2]), dense(2)))
    const latent = source('latent', normal([2]))
    const fake = G(sample(latent))
    const frozen = game({
      networks: { D, G },
      sources: { latent },
      players: { G: minimise(E(sum(square(grad(D(fake), fake)))), 'G') },
      dynamics: simultaneous,
      optimizers: { G: adam({ lr: 1e-3 }) },
      batch: 8,
      steps: 1,
      seed: 1,
    })
    const found = right(compile(frozen)).warnings.flatMap(({ message }) => /D\/\d+\.\w+/.exec(message) ?? [])
    expect(found).toEqual(['D/3.minibatchStd'])
  })
})
