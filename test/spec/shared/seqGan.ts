/**
 * A generator of sequences in the manner of SeqGAN (Yu et al. 2017), with softmax outputs in the place of sampled tokens: each
 * token depends on the three before it, so that written out the last formula has 3^8 copies of the first token.
 */
import {
  adam,
  add,
  alternating,
  concat,
  dense,
  E,
  type Expr,
  game,
  input,
  log,
  maximise,
  minimise,
  network,
  normal,
  ops,
  pipe,
  relu,
  sample,
  sigmoid,
  softmax,
  source,
  sub,
  tensor,
} from 'saddlepoint'

const tokens = 8
const vocabulary = 4

/** Real sequences count upwards, from any start. */
const rows = Array.from({ length: 64 }, (_, start) =>
  Array.from({ length: tokens * vocabulary }, (_, i) =>
    i % vocabulary === (start + Math.floor(i / vocabulary)) % vocabulary ? 1 : 0,
  ),
)
const data = source('data', tensor({ shape: [tokens * vocabulary], values: rows }))
const latent = source('latent', normal([vocabulary]))

const before = concat(concat(input([vocabulary], 'last'), input([vocabulary], 'second')), input([vocabulary], 'third'))
const G = network('G', pipe(before, dense(16), relu, dense(vocabulary), softmax))
const D = network('D', pipe(input([tokens * vocabulary]), dense(32), relu, dense(1)))

type Token = Expr<'sample', [4], 'network G' | 'source latent'>

const z: Token = sample(latent)

/** The tokens from the last three on. */
const sequence = (last: Token, second: Token, third: Token, length: number): readonly Token[] => {
  if (length === 0) return []
  const next: Token = G({ last, second, third })
  return [next, ...sequence(next, last, second, length - 1)]
}

const made = ops.reshape(ops.concat(sequence(z, z, z, tokens), 0), [tokens * vocabulary])
const rate = adam({ lr: 1e-3, beta1: 0.5 })

export default game({
  networks: { G, D },
  sources: { data, latent },
  players: {
    discriminator: maximise(add(E(log(sigmoid(D(sample(data))))), E(log(sub(1, sigmoid(D(made)))))), 'D'),
    generator: minimise(E(log(sub(1, sigmoid(D(made))))), 'G'),
  },
  dynamics: alternating({ discriminator: 1, generator: 1 }),
  optimizers: { discriminator: rate, generator: rate },
  samples: made,
  batch: 32,
  steps: 8,
  seed: 1,
})
