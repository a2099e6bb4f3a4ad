import { expect, test } from 'vitest'
import { flow, pipe } from '#fp-ts/function'
import {
  adam,
  conditionalBatchNorm,
  conv2d,
  dense,
  E,
  equalised,
  flatten,
  game,
  gan,
  groupNorm,
  init,
  input,
  leakyRelu,
  losses,
  maximise,
  minimise,
  modulatedConv2d,
  network,
  noiseInjection,
  normal,
  parameter,
  pixelNorm,
  relu,
  reshape,
  ring,
  sample,
  share,
  simultaneous,
  source,
  spectralNorm,
  sub,
  weightNorm,
} from '../../../src/index.ts'
import type { Floats, HostTensors } from '../../../src/ir/hostTensor.ts'
import { initialState } from '../../../src/run/initialState.ts'
import { prepare } from '../../../src/run/prepare.ts'
import { createRandom } from '../../../src/run/random/random.ts'
import { createSession } from '../../../src/run/session.ts'
import type { GameSpec } from '../../../src/spec/spec.ts'
import { rightOf } from '../../data/files.ts'

const rate = adam({ lr: 2e-3, beta1: 0 })
const optimizers = { generator: rate, discriminator: rate }

/** A game's costs and its state after all its steps, on the default backend, and what it started with. */
const trained = async (spec: GameSpec) => {
  const prepared = await rightOf(prepare(spec))
  const start = initialState(prepared.compiled.state, spec.seed, createRandom())
  const session = await rightOf(createSession(prepared.compiled, prepared.backend, prepared.drawSource, start, 0))
  const costs = await rightOf(session.run(spec.steps))
  const end = await rightOf(session.read())
  session.dispose()
  return { costs, start, end }
}

const valuesOf = (state: HostTensors, name: string): Floats => state[name]?.values ?? new Float32Array()
const length = (x: ArrayLike<number>): number => Math.hypot(...Array.from(x))

/** u^T W v after so many power iterations from u, of an in x out matrix. */
const sigma = (kernel: Floats, u: ArrayLike<number>, times: number): number => {
  const [units, rows] = [u.length, kernel.length / u.length]
  const at = (i: number, j: number): number => kernel[i * units + j] ?? 0
  const v = Array.from({ length: rows }, (_, i) => Array.from(u).reduce((t, x, j) => t + x * at(i, j), 0))
  const next = Array.from({ length: units }, (_, j) => v.reduce((t, x, i) => t + x * at(i, j), 0))
  return times === 1
    ? length(next) / length(v)
    : sigma(
        kernel,
        next.map((x) => x / length(next)),
        times - 1,
      )
}

test('a critic under spectral norm knows the largest singular values of its weights while they move', async () => {
  const { costs, start, end } = await trained(
    gan({
      generator: pipe(input([4]), weightNorm(flow(dense(16), relu, dense(2)))),
      discriminator: pipe(
        input([2]),
        spectralNorm(flow(dense(16), leakyRelu(0.2), dense(16), leakyRelu(0.2), dense(1))),
      ),
      latent: normal([4]),
      data: ring({ modes: 8, radius: 2, std: 0.02 }),
      loss: losses.hinge,
      optimizers,
      batch: 32,
      steps: 300,
      seed: 1,
    }),
  )
  expect(Object.values(costs).every((cost) => cost.every(Number.isFinite))).toBe(true)
  for (const layer of ['D/1.dense', 'D/3.dense', 'D/5.dense']) {
    const [kernel, u] = [valuesOf(end, `${layer}/kernel`), valuesOf(end, `${layer}/kernel.u`)]
    expect(length(u)).toBeCloseTo(1, 5)
    expect(sigma(kernel, u, 1) / sigma(kernel, u, 500)).toBeGreaterThan(0.99)
  }
  expect(valuesOf(end, 'G/1.dense/kernel.gain')).not.toEqual(valuesOf(start, 'G/1.dense/kernel.gain'))
})

test('a style-based and a class-conditional generator train every tensor they have, against one critic', async () => {
  const style = pipe(input([8]), pixelNorm, equalised(flow(dense(8), leakyRelu(0.2)), { multiplier: 0.1 }))
  const G = network(
    'G',
    pipe(
      parameter([4, 4, 8], init.normal(1)),
      equalised(share((h) => modulatedConv2d(h, style, { filters: 8, kernel: 3 }))),
      noiseInjection,
      leakyRelu(0.2),
      equalised(
        share((h) => modulatedConv2d(h, style, { filters: 1, kernel: 1, demodulate: false })),
        { gain: 1 },
      ),
    ),
  )
  const C = network(
    'C',
    pipe(
      input([8]),
      dense(4 * 4 * 8),
      reshape([4, 4, 8]),
      share((h) => conditionalBatchNorm(h, input([8], 'label'))),
      relu,
      conv2d({ filters: 1, kernel: 3 }),
    ),
  )
  const D = network(
    'D',
    pipe(
      input([4, 4, 1]),
      conv2d({ filters: 8, kernel: 3 }),
      groupNorm(2),
      leakyRelu(0.2),
      flatten,
      spectralNorm(dense(1, { bias: false })),
    ),
  )
  const [data, latent] = [source('data', normal([4, 4, 1])), source('latent', normal([8]))]
  const z = sample(latent)
  const value = sub(E(D(sample(data))), E(D(G(z))))
  const { costs, start, end } = await trained(
    game({
      networks: { D, G, C },
      sources: { data, latent },
      players: {
        d: maximise(value, 'D'),
        g: minimise(value, 'G'),
        c: minimise(sub(0, E(D(C({ x: z, label: sample(latent, 'label') })))), 'C'),
      },
      dynamics: simultaneous,
      optimizers: { d: rate, g: rate, c: rate },
      batch: 8,
      steps: 40,
      seed: 1,
    }),
  )
  expect(Object.values(costs).every((cost) => cost.every(Number.isFinite))).toBe(true)
  const trainedNames = Object.keys(start).filter((name) => /^[DGC]\/\d+\./.test(name))
  for (const name of trainedNames) expect(valuesOf(end, name), name).not.toEqual(valuesOf(start, name))
  expect(trainedNames.length).toBeGreaterThan(20)
})
