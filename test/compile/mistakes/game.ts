import { pipe } from '#fp-ts/function'
import { dense } from '../../../src/dsl/layers/dense.ts'
import { input } from '../../../src/dsl/layers/input.ts'
import type { LayerNode, NetworkGraph } from '../../../src/dsl/layers/networkGraph.ts'
import { tanh } from '../../../src/dsl/layers/pointwise.ts'
import { maximise, minimise } from '../../../src/dsl/objectives/player.ts'
import { normal } from '../../../src/dsl/sources/normal.ts'
import { ring } from '../../../src/dsl/sources/ring.ts'
import { sub } from '../../../src/dsl/terms/elementwise.ts'
import { E } from '../../../src/dsl/terms/statistics.ts'
import type { Term } from '../../../src/dsl/terms/term.ts'
import { alternating } from '../../../src/dynamics/alternating.ts'
import type { Optimizer } from '../../../src/optimizers/optimizer.ts'
import { sgd } from '../../../src/optimizers/sgd.ts'
import { game } from '../../../src/spec/game.ts'
import { network, sample, source } from '../../../src/spec/handle.ts'
import type { GameSpec } from '../../../src/spec/spec.ts'

export const D = network('D', pipe(input([2]), dense(3), tanh, dense(1)))
const G = network('G', pipe(input([4]), dense(2)))
export const data = source('data', ring({ modes: 8, radius: 2, std: 0.02 }))
export const latent = source('latent', normal([4]))
export const x = sample(data)
export const fake = G(sample(latent))
export const value = sub(E(D(x)), E(D(fake)))
export const good = game({
  networks: { D, G },
  sources: { data, latent },
  players: { discriminator: maximise(value, 'D'), generator: minimise(value, 'G') },
  dynamics: alternating({ discriminator: 1, generator: 1 }),
  optimizers: { discriminator: sgd({ lr: 0.1 }), generator: sgd({ lr: 0.1 }) },
  batch: 4,
  steps: 10,
  seed: 1,
})

export const term = {
  x: x.term,
  fake: fake.term,
  value: value.term,
  number: (value: number): Term => ({ op: 'number', value }),
  E: (of: Term): Term => ({ op: 'E', of }),
  sum: (of: Term): Term => ({ op: 'sum', of }),
  D: (of: Term): Term => ({ op: 'apply', network: 'D', inputs: { x: of } }),
  grad: (of: Term, by: Term): Term => ({ op: 'grad', of, by }),
  slot: (name: string, initial: number, update: Term): Term => ({ op: 'slot', name, initial, update }),
  noise: (draw: string, shape: readonly number[], distribution: 'uniform' | 'normal' = 'normal'): Term => ({
    op: 'noise',
    distribution,
    shape,
    draw,
  }),
  mul: (left: Term, right: Term): Term => ({ op: 'mul', left, right }),
}

/** The game whose discriminator has another objective; V is added, so that it still depends on D. */
export const objective = (of: Term): GameSpec => ({
  ...good,
  players: {
    ...good.players,
    discriminator: { goal: 'maximise', over: ['D'], objective: { op: 'add', left: term.value, right: of } },
  },
})
export const inObjective = 'players.discriminator.objective.right'

export const net = (
  name: 'D' | 'G',
  nodes: readonly LayerNode[],
  output: NetworkGraph['output'] = nodes.length - 1,
) => ({
  ...good,
  networks: { ...good.networks, [name]: { nodes, output } },
})
export const inputNode: LayerNode = { layer: { type: 'input', name: 'x', shape: [2] }, from: [] }
export const optimizer = (of: Optimizer): GameSpec => ({ ...good, optimizers: { ...good.optimizers, generator: of } })
export const owns = (...over: readonly string[]): GameSpec => ({
  ...good,
  players: { ...good.players, generator: { goal: 'minimise', objective: term.value, over } },
})
export const counts = (of: { readonly [player: string]: number }): GameSpec => ({
  ...good,
  dynamics: { type: 'alternating', counts: of },
})

export type Case = readonly [name: string, spec: GameSpec, path: string, words: RegExp]
