/**
 * A generator that minimises an entropic transport cost to the data, by 20 iterations of Sinkhorn's algorithm (Genevay et al.
 * 2018). Each half of an iteration reads the one before three times, so that written out the formula grows by 9 an iteration.
 */
import {
  adam,
  add,
  dense,
  E,
  type Expr,
  exp,
  game,
  input,
  log,
  maxOverBatch,
  minimise,
  mul,
  network,
  normal,
  pair,
  pipe,
  relu,
  ring,
  sample,
  simultaneous,
  source,
  square,
  sub,
  sum,
} from 'saddlepoint'

const iterations = 20
const sharpness = 10

const data = source('data', ring({ modes: 8, radius: 2, std: 0.02 }))
const latent = source('latent', normal([4]))
const G = network('G', pipe(input([4]), dense(32), relu, dense(2)))

type Uses = 'network G' | 'source data' | 'source latent'
type Point = Expr<'sample', [2], Uses>
type Potential = Expr<'sample', [], Uses>

const x: Point = sample(data)
const y: Point = G(sample(latent))

/** The soft minimum over the other samples of what it costs to go there, less their potential. */
const softMinimum = (from: Point, to: Point, potential: Potential): Potential => {
  const gain = mul(sharpness, sub(pair(potential), sum(square(sub(from, pair(to))))))
  const most: Potential = maxOverBatch(gain)
  return mul(-1 / sharpness, add(most, log(E(exp(sub(gain, most))))))
}

/** The potentials of both sides after some iterations. */
const potentials = (f: Potential, g: Potential, left: number): readonly [Potential, Potential] => {
  if (left === 0) return [f, g]
  const next = softMinimum(y, x, g)
  return potentials(next, softMinimum(x, y, next), left - 1)
}

const start: Potential = mul(0, sum(x))
const [f, g] = potentials(start, start, iterations)

export default game({
  networks: { G },
  sources: { data, latent },
  players: { generator: minimise(add(E(f), E(g)), 'G') },
  dynamics: simultaneous,
  optimizers: { generator: adam({ lr: 1e-3 }) },
  samples: y,
  batch: 32,
  steps: 8,
  seed: 1,
})
