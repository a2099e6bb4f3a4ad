import { describe, expect, it } from 'vitest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as init from '../../src/dsl/initializers/init.ts'
import { leakyRelu } from '../../src/dsl/layers/activations.ts'
import { batchNorm } from '../../src/dsl/layers/batchNorm.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { flatten } from '../../src/dsl/layers/flatten.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { parameter } from '../../src/dsl/layers/parameter.ts'
import { relu } from '../../src/dsl/layers/pointwise.ts'
import { reshape } from '../../src/dsl/layers/reshape.ts'
import { maximise, minimise } from '../../src/dsl/objectives/player.ts'
import type { Loss } from '../../src/dsl/objectives/symbols.ts'
import type { View } from '../../src/dsl/objectives/view.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { ring } from '../../src/dsl/sources/ring.ts'
import { tensor } from '../../src/dsl/sources/tensor.ts'
import { div, mul, sub } from '../../src/dsl/terms/elementwise.ts'
import { E as mean } from '../../src/dsl/terms/statistics.ts'
import { concat, pad } from '../../src/dsl/terms/tensor.ts'
import { step } from '../../src/dsl/terms/variables.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import type { HostTensors } from '../../src/ir/hostTensor.ts'
import * as losses from '../../src/losses/losses.ts'
import { drawPicture } from '../../src/measure/picture.ts'
import { summarise } from '../../src/measure/summary.ts'
import { showSummary } from '../../src/measure/summaryTable.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { createDrawSource } from '../../src/run/draws.ts'
import { createRandom } from '../../src/run/random/random.ts'
import { createSession } from '../../src/run/session.ts'
import { uniformAverage } from '../../src/spec/average.ts'
import { game } from '../../src/spec/game.ts'
import { gan } from '../../src/spec/gan.ts'
import { network, networks, sample, source } from '../../src/spec/handle.ts'
import { flipLabels } from '../../src/views/flipLabels.ts'
import * as views from '../../src/views/views.ts'
import { type Ready, ready, right, trained } from './ready.ts'

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

const plain = pipe(input([2]), dense(16), leakyRelu(0.2), dense(1))
const normalised = pipe(
  input([2]),
  dense(32),
  batchNorm,
  leakyRelu(0.2),
  dense(32),
  batchNorm,
  leakyRelu(0.2),
  dense(1),
)
const pairs = pipe(input([4]), dense(16), leakyRelu(0.2), dense(1))

/** A generator that hardly moves, far from the data, against a D that learns. */
const still = {
  generator: pipe(input([4]), dense(2)),
  latent: normal([4]),
  data: ring({ modes: 8, radius: 8, std: 0.02 }),
  loss: losses.minimax,
  optimizers: { generator: sgd({ lr: 0 }), discriminator: adam({ lr: 1e-2 }) },
  ...play,
}

/** What D pays in a step as it stands, on average over many. */
const costOf = async (at: Ready): Promise<number> => {
  const rest = sgd({ lr: 0 })
  const { compiled } = await ready({
    ...at.compiled.game,
    optimizers: { generator: rest, discriminator: rest },
  })
  const drawSource = createDrawSource(createRandom(), at.seed, at.dataSources)
  const session = right(await createSession(compiled, at.backend, drawSource, at.state, 10_000)())
  const { discriminator = new Float32Array(0) } = right(await session.run(200)())
  session.dispose()
  return [...discriminator].reduce((sum, cost) => sum + cost, 0) / discriminator.length
}

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
    const summary = right(await summarise({ ...at, onProgress: (done, steps) => shares.push(done / steps) })())
    expect(summary.real).toBe('fresh')
    expect(right(summary.modes).real).toMatchObject({ samples: 2_500, modes: 8, found: 8 })
    expect(right(summary.modes).real.highQuality).toBeGreaterThan(0.96)
    expect(right(summary.modes).generated.highQuality).toBeLessThan(0.2)
    expect(right(summary.confusion).threshold).toEqual({ value: 0, real: 'above' })
    expect(right(summary.bestReply).steps).toBe(40)
    expect(right(summary.bestReply).fresh.value).toBeLessThan(0)
    expect(shares.at(-1)).toBe(1)
    expect(shares.every((share, i) => share >= (shares[i - 1] ?? 0))).toBe(true)
    expect(right(await summarise(at)())).toEqual(summary)
    expect(showSummary(summary)).toMatch(/^modes found +\d of 8 by 2,500 samples, \d+\.\d % of them of high quality\n/)
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
    expect(summary.modes).toMatchObject({ left: { type: 'NoAnswer', message: 'the data is no mixture of Gaussians' } })
    expect(E.isRight(summary.confusion) && E.isRight(summary.bestReply)).toBe(true)
    expect(showSummary(summary)).toContain('training has seen')
  })

  it('measures nothing in a game without samples, and says why', async () => {
    const summary = right(await summarise({ ...(await ready(dirac)), ...quick })())
    expect([summary.modes, summary.confusion, summary.bestReply].every(E.isLeft)).toBe(true)
    expect(showSummary(summary)).toContain('no discriminator found')
  })

  it('reads a D with batch norm as it plays, by the statistics of real and generated batches apart', async () => {
    const at = await trained(await ready(gan({ ...still, discriminator: normalised, steps: 300 })))
    const cost = await costOf(at)
    const summary = right(await summarise({ ...at, ...quick })())
    expect(right(summary.setting)).toMatchObject({ batch: 64, training: true })
    expect(right(summary.confusion).accuracy).toBeGreaterThan(0.95)
    // V of the D that plays is minus what it pays.
    const { trained: V } = right(summary.bestReply)
    expect(Math.abs((V?.value ?? NaN) + cost)).toBeLessThan(0.02)
    expect(right(summary.bestReply).best.value).toBeGreaterThanOrEqual(Math.max(V?.value ?? NaN, -Math.log(4)))
    expect(showSummary(summary)).toContain('by the statistics of batches of 64, real and generated samples apart.')
  })

  it('does not count samples that change places for flipped labels as D’s mistakes', async () => {
    const loss = flipLabels({ probability: 0.2 })(losses.minimax)
    const at = await trained(await ready(gan({ ...still, discriminator: plain, steps: 300, loss })))
    const summary = right(await summarise({ ...at, ...quick })())
    expect(right(summary.confusion).accuracy).toBeGreaterThan(0.99)
  })

  it('says of what V is where D judges packs, and what D sees through views', async () => {
    const game = gan({ ...still, discriminator: pairs, packing: 2, views: [views.instanceNoise({ std: 0.1 })] })
    const summary = right(await summarise({ ...(await ready(game)), ...quick })())
    expect(right(summary.setting)).toEqual({ training: false, averaged: [], pack: 2, views: true, memory: false })
    const shown = showSummary(summary)
    expect(shown).toMatch(/^V of the best reply, per pack of 2 /m)
    expect(shown).toMatch(/fresh packs of 2 samples/)
    expect(shown).toMatch(/^D is measured on samples as it sees them/m)
  })

  it('measures what averaged weights make, by the D of the last step', async () => {
    const at = await ready({ ...ringGame(losses.minimax), averages: { G: uniformAverage(), D: uniformAverage() } })
    const moving = async (moved: string) => {
      const state = Object.entries(at.state).map(([name, { shape, values }]) => [
        name,
        { shape, values: name.startsWith(moved) ? values.map((x) => x + 0.5) : values },
      ])
      const { confusion, bestReply } = right(
        await summarise({ ...at, state: Object.fromEntries(state), samples: 100, steps: 5 })(),
      )
      return { confusion, bestReply }
    }
    const before = await moving('nothing')
    expect(await moving('G/')).toEqual(before)
    expect(await moving('average/D')).toEqual(before)
    expect((await moving('average/G')).bestReply).not.toEqual(before.bestReply)
    const judged = await moving('D/')
    expect(judged.confusion).not.toEqual(before.confusion)
    expect(right(judged.bestReply).fresh).toEqual(right(before.bestReply).fresh)
  })

  it('shows the log loss of a fresh classifier where D gives no logit, and the game’s own value', async () => {
    const shown = async (loss: Loss) =>
      showSummary(right(await summarise({ ...(await ready(ringGame(loss))), ...quick })()))
    const wasserstein = await shown(losses.wasserstein)
    expect(wasserstein).toMatch(/^log loss of a fresh classifier +0\.\d+ ± 0\.\d+ /m)
    expect(wasserstein).not.toMatch(/^V of|trained D/m)
    expect(await shown(losses.leastSquares())).toMatch(/^value of D's objective .*at equilibrium -0\.\d+\)/m)
    expect(await shown(losses.jensenShannon)).toMatch(/^value of D's objective .*at equilibrium 0\.000\)/m)
    expect(await shown(losses.minimax)).not.toMatch(/log loss|value of D/)
  })

  it('holds schedules of what D sees at the end of the game', async () => {
    const fading = views.instanceNoise({ std: mul(10, relu(sub(1, div(step, 6)))) })
    const measured = async (shown: readonly View[]) =>
      right(
        await summarise({
          ...(await ready(gan({ ...still, discriminator: plain, steps: 7, views: shown }))),
          ...quick,
        })(),
      )
    const [faded, never] = [await measured([fading]), await measured([])]
    expect(right(faded.confusion)).toEqual(right(never.confusion))
    expect(right(faded.bestReply).fresh.value).toBeCloseTo(right(never.bestReply).fresh.value, 4)
  })

  it('trains no fresh D for 0 steps', async () => {
    const summary = right(await summarise({ ...(await ready(ringGame(losses.minimax))), ...quick, steps: 0 })())
    expect(showSummary(summary)).toMatch(/^best reply +not measured: no steps/m)
  })

  it('says how far it came where it is cut short, and no error', async () => {
    const stop = new AbortController()
    const at = { ...(await ready(ringGame(losses.minimax))), ...quick, steps: 100_000, signal: stop.signal }
    const summary = right(await summarise({ ...at, onProgress: () => stop.abort() })())
    expect(showSummary(summary)).toMatch(/^V of the best reply +-\d\.\d+ {2}\(cut short after 1 of 100,000 steps\)$/m)
  })

  it('leaves the best reply out when it is interrupted', async () => {
    const signal = AbortSignal.abort()
    const summary = right(await summarise({ ...(await ready(ringGame(losses.minimax))), ...quick, signal })())
    expect(summary.bestReply).toMatchObject({ left: { type: 'NoAnswer', message: 'interrupted' } })
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

  it('draws sequences as curves, and no field of a D that sees batches', async () => {
    const [generator, discriminator] = [
      pipe(input([4]), dense(400), reshape([1, 400, 1])),
      pipe(input([1, 400, 1]), flatten, dense(1)),
    ]
    const data = tensor({ shape: [1, 400, 1], values: Array.from({ length: 400 * 64 }, (_, i) => Math.sin(i)) })
    const waves = await ready(gan({ ...still, generator, discriminator, data }))
    const image = right(right(await drawPicture(waves)()))
    expect(image).toMatchObject({ channels: 1, width: 6 * 196 + 4, height: 11 * 100 + 4 })
    const batches = await ready(gan({ ...still, discriminator: normalised }))
    const [withField, without] = [await ready(gan({ ...still, discriminator: plain })), batches]
    const colours = async (at: Ready) => new Set(right(right(await drawPicture(at)())).data).size
    expect(await colours(without)).toBeLessThan(await colours(withField))
  })

  it('says why there is none', async () => {
    expect(right(await drawPicture(await ready(dirac))())).toMatchObject({
      left: { message: expect.stringContaining('no discriminator found') },
    })
  })
})
