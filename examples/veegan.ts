/**
 * VEEGAN (Srivastava et al. 2017, algorithm 1) on a ring of eight Gaussians: against mode collapse a reconstructor F brings samples
 * back to their z, and data too. D tells pairs (x, F(x) + noise) from pairs (G(z), z), and so estimates the log of their densities'
 * ratio (of the paper's D it is the negative); generator and reconstructor raise it on the generator's pairs, and lower what F
 * misses of z. Half a minute of one core. `saddle reproduce veegan-ring` is the paper's own experiment.
 */
import {
  adam,
  add,
  concat,
  dense,
  E,
  game,
  input,
  log,
  maximise,
  minimise,
  mul,
  network,
  noise,
  normal,
  pipe,
  relu,
  ring,
  sample,
  sigmoid,
  simultaneous,
  source,
  square,
  sub,
  sum,
} from 'saddlepoint'

const size = 32
const data = source('data', ring({ modes: 8, radius: 2, std: 0.02 }))
const latent = source('latent', normal([size]))

const G = network('G', pipe(input([size]), dense(128), relu, dense(128), relu, dense(2)))
const F = network('F', pipe(input([2]), dense(128), relu, dense(128), relu, dense(size)))
const D = network('D', pipe(concat(input([2], 'x'), input([size], 'z')), dense(128), relu, dense(1)))

const x = sample(data)
const z = sample(latent)
const ofReconstructor = D({ x, z: add(F(x), noise('normal', [size], 'reconstruction')) })
const ofGenerator = D({ x: G(z), z })
const V = add(E(log(sigmoid(ofReconstructor))), E(log(sub(1, sigmoid(ofGenerator)))))
const missed = E(mul(0.5, sum(square(sub(z, F(G(z)))))))

const optimizer = adam({ lr: 1e-3, beta1: 0.5 })

export default game({
  networks: { G, F, D },
  sources: { data, latent },
  players: { discriminator: maximise(V, 'D'), generator: minimise(sub(missed, E(ofGenerator)), 'G', 'F') },
  dynamics: simultaneous,
  optimizers: { discriminator: optimizer, generator: optimizer },
  batch: 256,
  steps: 10000,
  seed: 1,
})
