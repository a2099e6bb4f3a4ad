/** What the examples of docstrings speak of without saying it: the generator, the critic, their draws, a game, a trained one. */
import {
  adam,
  categorical,
  conv2d,
  dense,
  type Expr,
  gan,
  input,
  losses,
  network,
  normal,
  ops,
  outputs,
  pipe,
  relu,
  ring,
  sample,
  source,
  type Trained,
} from 'saddlepoint'

export { writeFileSync } from 'node:fs'

export const data = source('data', ring({ modes: 8, radius: 2, std: 0.02 }))
export const other = source('other', ring({ modes: 4, radius: 1, std: 0.02 }))
export const latent = source('latent', normal([16]))
export const labels = source('labels', categorical(10))
export const pictures = source('pictures', normal([28, 28, 1]))

export const D = network('D', pipe(input([2]), dense(64), relu, dense(1)))
export const G = network('G', pipe(input([16]), dense(64), relu, dense(2)))
export const F = network('F', pipe(input([2]), dense(64), relu, dense(2)))
export const H = network('H', pipe(input([2]), dense(64), relu, dense(2)))
export const C = network('C', pipe(input([2]), dense(64), relu, dense(10)))
export const A = network('A', outputs({ code: pipe(input([2]), dense(8)), energy: pipe(input([2]), dense(1)) }))
export const embed = network('embed', pipe(input([10]), dense(64, { bias: false })))
export const body = network('body', pipe(input([2]), dense(64), relu))
export const filters = network('filters', pipe(input([28, 28, 1]), conv2d({ filters: 8, kernel: 3 })))

export const x = sample(data)
export const y = sample(other)
export const z = sample(latent)
export const fake = G(z)
export const label = sample(labels)
export const logits = C(x)
export const features = body(x)
export const score = D(x)
export const image = sample(pictures)
export const images: Expr<'batch', [16, 28, 28, 1], never> = ops.constant([16, 28, 28, 1], new Float32Array(16 * 784))
export const filtered: Expr<'batch', [16, 28, 28, 8], never> = ops.constant(
  [16, 28, 28, 8],
  new Float32Array(16 * 784 * 8),
)

/** All that `gan` takes, to change one part of. */
export const parts = {
  generator: pipe(input([16]), dense(64), relu, dense(2)),
  discriminator: pipe(input([2]), dense(64), relu, dense(1)),
  latent: normal([16]),
  data: ring({ modes: 8, radius: 2, std: 0.02 }),
  loss: losses.nonSaturating,
  optimizers: { generator: adam({ lr: 1e-3 }), discriminator: adam({ lr: 1e-3 }) },
  batch: 64,
  steps: 100,
  seed: 1,
}
export const spec = gan(parts)
export declare const trained: Trained
