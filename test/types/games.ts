// Six networks and six games as users write them: the cost of checking this file is held to a budget.
import {
  activation,
  adam,
  add,
  alternating,
  batchNorm,
  concat,
  conv2d,
  convTranspose2d,
  dense,
  E,
  flatten,
  game,
  gan,
  symbols as gans,
  grad,
  idx,
  input,
  interpolate,
  leakyRelu,
  log,
  losses,
  maximise,
  minimise,
  mul,
  neg,
  network,
  norm,
  normal,
  npy,
  outputs,
  pipe,
  relu,
  reshape,
  ring,
  sample,
  share,
  sigmoid,
  simultaneous,
  source,
  square,
  sub,
  t,
  tanh,
} from 'saddlepoint'

const rate = adam({ lr: 2e-4, beta1: 0.5 })
const optimizers = { generator: rate, discriminator: rate }
const play = { batch: 64, steps: 5000, seed: 1 }

// Perceptrons on the ring.
const ringG = pipe(input([16]), dense(128), relu, dense(128), relu, dense(2))
const ringD = pipe(input([2]), dense(128), leakyRelu(0.2), dense(128), activation(mul(t, sigmoid(t))), dense(1))
export const ringGan = gan({
  generator: ringG,
  discriminator: ringD,
  latent: normal([16]),
  data: ring({ modes: 8, radius: 2, std: 0.02 }),
  loss: losses.nonSaturating,
  optimizers,
  ...play,
})

// DCGAN of 64 x 64, with padding 1 as in the paper's code.
const facesG = pipe(
  input([1, 1, 100]),
  convTranspose2d({ filters: 512, kernel: 4, stride: 1, padding: 'valid' }),
  batchNorm,
  relu,
  convTranspose2d({ filters: 256, kernel: 4, stride: 2, padding: 1 }),
  batchNorm,
  relu,
  convTranspose2d({ filters: 128, kernel: 4, stride: 2, padding: 1 }),
  batchNorm,
  relu,
  convTranspose2d({ filters: 64, kernel: 4, stride: 2, padding: 1 }),
  batchNorm,
  relu,
  convTranspose2d({ filters: 3, kernel: 4, stride: 2, padding: 1 }),
  tanh,
)
const facesD = pipe(
  input([64, 64, 3]),
  conv2d({ filters: 64, kernel: 4, stride: 2, padding: 1 }),
  leakyRelu(0.2),
  conv2d({ filters: 128, kernel: 4, stride: 2, padding: 1 }),
  batchNorm,
  leakyRelu(0.2),
  conv2d({ filters: 256, kernel: 4, stride: 2, padding: 1 }),
  batchNorm,
  leakyRelu(0.2),
  conv2d({ filters: 512, kernel: 4, stride: 2, padding: 1 }),
  batchNorm,
  leakyRelu(0.2),
  conv2d({ filters: 1, kernel: 4, stride: 1, padding: 'valid' }),
  flatten,
)
export const faces = gan({
  generator: facesG,
  discriminator: facesD,
  latent: normal([1, 1, 100]),
  data: npy({ path: 'faces.npy', shape: [64, 64, 3] }),
  loss: losses.minimax,
  optimizers,
  ...play,
})

// The textbook's value with a gradient penalty, on 28 x 28 digits.
const digitsG = pipe(
  input([100]),
  dense(3136),
  batchNorm,
  relu,
  reshape([7, 7, 64]),
  convTranspose2d({ filters: 32, kernel: 4, stride: 2 }),
  batchNorm,
  relu,
  convTranspose2d({ filters: 1, kernel: 4, stride: 2 }),
  tanh,
)
const digitsD = pipe(
  input([28, 28, 1]),
  conv2d({ filters: 32, kernel: 4, stride: 2, padding: 'same' }),
  leakyRelu(0.2),
  conv2d({ filters: 64, kernel: 4, stride: 2, padding: 'same' }),
  leakyRelu(0.2),
  flatten,
  dense(1),
)
const digits = npy({ path: 'digits.npy', shape: [28, 28, 1] })
const D = network('D', digitsD)
const G = network('G', digitsG)
const data = source('data', digits)
const latent = source('latent', normal([100]))
const x = sample(data)
const fake = G(sample(latent))
const between = interpolate(x, fake)
const V = add(E(log(sigmoid(D(x)))), E(log(sub(1, sigmoid(D(fake))))))
const penalty = mul(10, E(square(sub(norm(grad(D(between), between)), 1))))
export const penalised = game({
  networks: { G, D },
  sources: { data, latent },
  players: { discriminator: maximise(sub(V, penalty), 'D'), generator: minimise(V, 'G') },
  dynamics: alternating({ discriminator: 5, generator: 1 }),
  optimizers,
  ...play,
})

// A conditional game: a label into the generator, two heads on one trunk.
const cG = network(
  'G',
  pipe(
    concat(input([64], 'z'), input([10], 'label')),
    dense(3136),
    relu,
    reshape([7, 7, 64]),
    convTranspose2d({ filters: 32, kernel: 4, stride: 2 }),
    relu,
    convTranspose2d({ filters: 1, kernel: 4, stride: 2 }),
    tanh,
  ),
)
const cD = network(
  'D',
  pipe(
    input([28, 28, 1]),
    conv2d({ filters: 32, kernel: 4, stride: 2 }),
    leakyRelu(0.2),
    flatten,
    dense(128),
    share((h) => outputs({ real: pipe(h, dense(1)), label: pipe(h, dense(32), relu, dense(10)) })),
  ),
)
const labelled = source('digits', idx({ images: 'images.gz', labels: 'labels.gz', shape: [28, 28, 1], classes: 10 }))
const noise = source('noise', normal([64]))
const real = sample(labelled)
const made = cG({ z: sample(noise), label: real.label })
const onReal = cD(real.x)
const onMade = cD(made)
const mismatch = E(square(norm(sub(onMade.label, real.label))))
const W = add(E(log(sigmoid(onReal.real))), E(log(sub(1, sigmoid(onMade.real)))))
export const conditional = game({
  networks: { G: cG, D: cD },
  sources: { digits: labelled, noise },
  players: { critic: maximise(sub(W, mismatch), 'D'), artist: minimise(add(W, mismatch), 'G') },
  dynamics: simultaneous,
  optimizers: { critic: rate, artist: rate },
  ...play,
})

// InfoGAN with the trunk as a network of its own: D and Q read it, and each player says what it owns.
const T = network(
  'T',
  pipe(input([28, 28, 1]), conv2d({ filters: 32, kernel: 4, stride: 2 }), leakyRelu(0.2), flatten, dense(128)),
)
const iD = network('D', pipe(input([128]), leakyRelu(0.2), dense(1)))
const Q = network('Q', pipe(input([128]), relu, dense(10)))
const code = real.label
const forged = cG({ z: sample(noise), label: code })
const I = E(square(norm(sub(Q(T(forged)), code))))
const J = add(E(log(sigmoid(iD(T(real.x))))), E(log(sub(1, sigmoid(iD(T(forged)))))))
export const infogan = game({
  networks: { G: cG, T, D: iD, Q },
  sources: { digits: labelled, noise },
  players: { discriminator: maximise(J, 'T', 'D'), generator: minimise(add(J, I), 'G', 'Q') },
  dynamics: alternating({ discriminator: 1, generator: 1 }),
  optimizers,
  ...play,
})

// A loss of one's own, over the symbols of any gan.
const least = {
  discriminator: minimise(E(square(sub(gans.D(gans.x), 1))), 'D'),
  generator: minimise(neg(E(gans.D(gans.G(gans.z)))), 'G'),
}
export const own = gan({
  generator: digitsG,
  discriminator: digitsD,
  latent: normal([100]),
  data: digits,
  loss: least,
  penalties: [mul(0.1, E(square(norm(grad(gans.D(gans.x), gans.x)))))],
  optimizers,
  ...play,
})
