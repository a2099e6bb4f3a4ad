import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile/compile.ts'
import {
  add,
  batchNorm,
  dense,
  dropout,
  E,
  game,
  grad,
  input,
  log,
  maximise,
  minimise,
  mul,
  type Net,
  network,
  normal,
  pipe,
  relu,
  ring,
  sample,
  sgd,
  sigmoid,
  simultaneous,
  source,
  square,
  sub,
  sum,
} from '../../src/index.ts'
import { showOrigin } from '../../src/ir/origin.ts'
import { right } from '../data/files.ts'

type Critic = Net<{ readonly x: [2] }, [1]>

const rate = sgd({ lr: 0.1 })

/** The shapes of the products that the discriminator's update makes with its first kernel, forward. */
const passes = (discriminator: Critic, r1: number): readonly (readonly number[])[] => {
  const D = network('D', discriminator)
  const G = network('G', pipe(input([3]), dense(2)))
  const data = source('data', ring({ modes: 4, radius: 1, std: 0.1 }))
  const latent = source('latent', normal([3]))
  const x = sample(data)
  const fake = G(sample(latent))
  const V = add(E(log(sigmoid(D(x)))), E(log(sub(1, sigmoid(D(fake))))))
  const penalty = mul(r1, E(sum(square(grad(D(x), x)))))
  const spec = game({
    networks: { D, G },
    sources: { data, latent },
    players: {
      discriminator: maximise(r1 === 0 ? V : sub(V, penalty), 'D'),
      generator: minimise(E(log(sub(1, sigmoid(D(fake))))), 'G'),
    },
    dynamics: simultaneous,
    optimizers: { discriminator: rate, generator: rate },
    batch: 8,
    steps: 1,
    seed: 1,
  })
  const { nodes } = right(compile(spec)).step
  return nodes.flatMap(({ op, origin, shape }) =>
    op === 'matmul' && /^discriminator: D.*layer 1\.dense/.test(showOrigin(origin)) ? [shape] : [],
  )
}

describe('D(x) and D(fake)', () => {
  it('are one pass over both batches', () => {
    expect(passes(pipe(input([2]), dense(5), relu, dense(1)), 0)).toEqual([[16, 5]])
  })

  it('are also where masks are drawn, each its own', () => {
    expect(passes(pipe(input([2]), dense(5), dropout(0.5), dense(1)), 0)).toEqual([[16, 5]])
  })

  it('are two passes where a layer mixes samples', () => {
    expect(passes(pipe(input([2]), dense(5), batchNorm, dense(1)), 0)).toEqual([
      [8, 5],
      [8, 5],
    ])
  })

  it('are two passes where a penalty needs one of them too', () => {
    expect(passes(pipe(input([2]), dense(5), relu, dense(1)), 0.1)).toEqual([
      [8, 5],
      [8, 5],
    ])
  })
})

describe('two networks that translate there and back', () => {
  it('are applied apart, for one batch of each would need the other', () => {
    const [F, G] = [network('F', pipe(input([2]), dense(2))), network('G', pipe(input([2]), dense(2)))]
    const [data, other] = [source('data', normal([2])), source('other', normal([2]))]
    const [x, y] = [sample(data), sample(other)]
    const spec = game({
      networks: { F, G },
      sources: { data, other },
      players: { both: minimise(add(E(sum(square(sub(F(G(x)), x)))), E(sum(square(sub(G(F(y)), y))))), 'F', 'G') },
      dynamics: simultaneous,
      optimizers: { both: rate },
      batch: 8,
      steps: 1,
      seed: 1,
    })
    const products = right(compile(spec)).step.nodes.filter(
      ({ op, origin }) => op === 'matmul' && /^both: .*layer 1\.dense/.test(showOrigin(origin)),
    )
    expect(products.map(({ shape }) => shape)).toEqual([...Array(4).keys()].map(() => [8, 2]))
  })
})
