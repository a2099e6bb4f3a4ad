import { describe, expect, it } from 'vitest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type { HostTensors } from '../../src/backends/backend.ts'
import { uniformAverage } from '../../src/dsl/average.ts'
import { simultaneous } from '../../src/dsl/dynamics.ts'
import { mul, relu, sub } from '../../src/dsl/elementwise.ts'
import { game } from '../../src/dsl/game.ts'
import { gan } from '../../src/dsl/gan.ts'
import { network, networks, sample, source } from '../../src/dsl/handle.ts'
import { init } from '../../src/dsl/initializers.ts'
import { leakyRelu } from '../../src/dsl/layers/activations.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { flatten } from '../../src/dsl/layers/flatten.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { reshape } from '../../src/dsl/layers/reshape.ts'
import { maximise, minimise } from '../../src/dsl/player.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { ring } from '../../src/dsl/sources/ring.ts'
import { tensor } from '../../src/dsl/sources/tensor.ts'
import { E as mean } from '../../src/dsl/statistics.ts'
import type { Loss } from '../../src/dsl/symbols.ts'
import { concat, pad } from '../../src/dsl/tensor.ts'
import { drawPicture } from '../../src/evaluation/picture.ts'
import { summarise } from '../../src/evaluation/summary.ts'
import { losses } from '../../src/losses/table.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { showSummary } from '../../src/report/summaryTable.ts'
import { ready, right } from '../analysis/ready.ts'

const rate = adam({ lr: 1e-3 })
const optimizers = { generator: rate, discriminator: rate }
const play = { batch: 64, steps: 1, seed: 1 }
const quick = { samples: 500, steps: 40 }

const ringGame = (loss: Loss) =>
  gan({
    generator: pipe(input([4]), dense(8), relu, dense(2)),
    discriminator: pipe(input([2]), dense(8), leakyRelu(0.2), dense(1)),
    latent: normal([4]),
    data: ring({ modes: 8, radius: 2, std: 0.02 }),
    loss,
    optimizers,
    ...play,
  })

const images = gan({
  generator: pipe(input([4]), dense(12), reshape([2, 2, 3])),
  discriminator: pipe(input([2, 2, 3]), flatten, dense(1)),
  latent: normal([4]),
  data: tensor({ shape: [2, 2, 3], values: Array.from({ length: 12 * 64 }, (_, i) => Math.sin(i)) }),
  loss: losses.minimax,
  optimizers,
  ...play,
})

const framing = {
  G: network('G', pipe(input([4]), dense(16), reshape([4, 4, 1]))),
  D: network('D', pipe(input([4, 4, 1]), flatten, dense(1))),
}
const small = source(
  'data',
  tensor({ shape: [2, 2, 1], values: Array.from({ length: 4 * 64 }, (_, i) => Math.sin(i)) }),
)
const latent = source('latent', normal([4]))
const scores = sub(
  mean(framing.D(pad(sample(small), [1, 1, 0], [1, 1, 0]))),
  mean(framing.D(framing.G(sample(latent)))),
)
const framed = game({
  networks: framing,
  sources: { data: small, latent },
  players: { generator: minimise(scores, 'G'), discriminator: maximise(scores, 'D') },
  dynamics: simultaneous,
  optimizers,
  ...play,
})

const { theta, psi } = networks({ theta: parameter([1], init.constant(1)), psi: parameter([1], init.constant(1)) })
const dirac = game({
  networks: { theta, psi },
  sources: {},
  players: { generator: minimise(mul(theta(), psi()), 'theta'), discriminator: maximise(mul(theta(), psi()), 'psi') },
  dynamics: simultaneous,
  optimizers,
  ...play,
})

describe('summarise', () => {
  it('measures a game on the plane, the same each time', async () => {
    const at = { ...(await ready(ringGame(losses.nonSaturating))), ...quick }
    const shares: number[] = []
    const summary = right(await summarise({ ...at, onProgress: (share) => shares.push(share) })())
    expect(summary.real).toBe('fresh')
    expect(right(summary.modes).real).toMatchObject({ samples: 500, modes: 8, found: 8 })
    expect(right(summary.modes).real.highQuality).toBeGreaterThan(0.96)
    expect(right(summary.modes).generated.highQuality).toBeLessThan(0.2)
    expect(right(summary.confusion).threshold).toEqual({ value: 0, real: 'above' })
    expect(right(summary.bestReply).steps).toBe(40)
    expect(right(summary.bestReply).fresh.value).toBeLessThan(0)
    expect(shares.at(-1)).toBe(1)
    expect(shares.every((share, i) => share >= (shares[i - 1] ?? 0))).toBe(true)
    expect(right(await summarise(at)())).toEqual(summary)
    expect(showSummary(summary)).toMatch(/^modes found +\d of 8\n/)
  })

  it('says why Wasserstein’s critic is no classifier, and measures the rest', async () => {
    const summary = right(await summarise({ ...(await ready(ringGame(losses.wasserstein))), ...quick })())
    expect(E.isLeft(summary.confusion)).toBe(true)
    expect(E.isRight(summary.modes) && E.isRight(summary.bestReply)).toBe(true)
    expect(showSummary(summary)).toMatch(/^D as a classifier +not measured: /m)
  })

  it('says that rows of a data set were seen', async () => {
    const summary = right(await summarise({ ...(await ready(images)), ...quick })())
    expect(summary.real).toBe('seen')
    expect(summary.modes).toEqual(E.left('the data is no mixture of Gaussians'))
    expect(E.isRight(summary.confusion) && E.isRight(summary.bestReply)).toBe(true)
    expect(showSummary(summary)).toContain('training has seen')
  })

  it('measures nothing in a game without samples, and says why', async () => {
    const summary = right(await summarise({ ...(await ready(dirac)), ...quick })())
    expect([summary.modes, summary.confusion, summary.bestReply].every(E.isLeft)).toBe(true)
    expect(showSummary(summary)).toContain('no player owns a network')
  })

  it('leaves the best reply out when it is interrupted', async () => {
    const signal = AbortSignal.abort()
    const summary = right(await summarise({ ...(await ready(ringGame(losses.minimax))), ...quick, signal })())
    expect(summary.bestReply).toEqual(E.left('interrupted'))
  })
})

describe('drawPicture', () => {
  it('draws points of the plane over the critic', async () => {
    const image = right(right(await drawPicture(await ready(ringGame(losses.minimax)))()))
    expect(image.channels).toBe(3)
    expect(image.data.length).toBe(image.width * image.height * 3)
    expect(new Set(image.data).size).toBeGreaterThan(50)
  })

  it('draws images side by side', async () => {
    const image = right(right(await drawPicture(await ready(images))()))
    expect(image).toMatchObject({ channels: 3, width: image.height })
  })

  it('draws what is generated, also where the critic sees data framed', async () => {
    const image = right(right(await drawPicture(await ready(framed))()))
    const scale = Math.floor(800 / (8 * 4))
    expect(image).toMatchObject({ channels: 1, width: 8 * (4 * scale + 2) + 2, height: image.width })
  })

  it('draws by averaged weights where there are some', async () => {
    const at = await ready({ ...images, averages: { G: uniformAverage() } })
    const weights = (isAverage: boolean): HostTensors =>
      Object.fromEntries(
        Object.entries(at.state).map(([name, { shape, values }]) => [
          name,
          name.startsWith(isAverage ? 'average/G' : 'G/')
            ? { shape, values: values.map((x) => x + 1) }
            : { shape, values },
        ]),
      )
    const drawn = async (state: HostTensors) => Buffer.from(right(right(await drawPicture({ ...at, state })())).data)
    const before = await drawn(at.state)
    expect(before.equals(await drawn(weights(false)))).toBe(true)
    expect(before.equals(await drawn(weights(true)))).toBe(false)
  })

  it('draws what a game says its samples are, in about as many rows as fit beside each other', async () => {
    const { x, fake } = { x: sample(small), fake: pad(sample(small), [0, 0, 0], [0, 2, 0]) }
    const image = right(right(await drawPicture(await ready({ ...framed, samples: concat([x, fake], 1).term }))()))
    const [columns, scale] = [Math.ceil(Math.sqrt((64 * 2) / 6)), 64 / 2]
    expect(image).toMatchObject({ channels: 1, width: columns * (6 * scale + 2) + 2 })
  })

  it('says why there is none', async () => {
    expect(right(await drawPicture(await ready(dirac))())).toEqual(E.left(expect.stringContaining('no player owns')))
  })
})
