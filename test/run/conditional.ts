import {
  add,
  concat,
  dense,
  E,
  game,
  input,
  log,
  maximise,
  minimise,
  network,
  normal,
  pipe,
  ring,
  sample,
  sgd,
  sigmoid,
  simultaneous,
  source,
  sub,
} from '../../src/index.ts'
import type { GameSpec } from '../../src/spec/spec.ts'

/** A generator and a discriminator that are told the mode; three modes where no number is given. */
export const conditional = (modes = 3): GameSpec => {
  const D = network('D', pipe(concat(input([2]), input([modes], 'label')), dense(1), sigmoid))
  const G = network('G', pipe(concat(input([2]), input([modes], 'label')), dense(2)))
  const data = source('data', ring({ modes, radius: 1, std: 0.1, labels: true }))
  const latent = source('latent', normal([2]))
  const { x, label } = sample(data)
  const fake = G({ x: sample(latent), label })
  const V = add(E(log(D({ x, label }))), E(log(sub(1, D({ x: fake, label })))))
  return game({
    networks: { D, G },
    sources: { data, latent },
    players: { D: maximise(V, 'D'), G: minimise(V, 'G') },
    dynamics: simultaneous,
    optimizers: { D: sgd({ lr: 0.1 }), G: sgd({ lr: 0.1 }) },
    batch: 8,
    steps: 1,
    seed: 1,
  })
}
