import * as E from '#fp-ts/Either'
import { compile } from '../../src/compile/compile.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { relu } from '../../src/dsl/layers/pointwise.ts'
import type { Net } from '../../src/dsl/networks/net.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import type { Term } from '../../src/dsl/terms/term.ts'
import { alternating } from '../../src/dynamics/alternating.ts'
import { nonSaturating } from '../../src/losses/nonSaturating.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { train } from '../../src/run/train.ts'
import { gan } from '../../src/spec/gan.ts'
import { network } from '../../src/spec/handle.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { smallRing } from './ring.ts'

type Vector = Net<{ readonly x: readonly [number] }, readonly [number]>

const hidden = (depth: number, from: number, to: number): Vector => {
  const first: Vector = input([from])
  return dense(to)(Array.from({ length: depth }).reduce<Vector>((net) => relu(dense(8)(net)), first))
}

const rate = adam({ lr: 1e-4 })

/** A game of two networks with `depth` hidden layers each. */
export const deep = (depth: number): GameSpec =>
  gan({
    generator: hidden(depth, 4, 2),
    discriminator: hidden(depth, 2, 1),
    latent: normal([4]),
    data: normal([2]),
    loss: nonSaturating,
    optimizers: { generator: rate, discriminator: rate },
    batch: 8,
    steps: 1,
    seed: 1,
  })

/** A game whose discriminator updates `count` times a step. */
export const repeated = (count: number): GameSpec => ({
  ...deep(2),
  dynamics: alternating({ discriminator: count, generator: 1 }),
})

/** A game of `count` networks, each fed with what the one before it makes. */
export const chained = (count: number): GameSpec => {
  const names = Array.from({ length: count }, (_, i) => `N${i}`)
  const start: Term = { op: 'sample', source: 'latent', field: 'x' }
  const last = names.reduce<Term>((x, network) => ({ op: 'apply', network, inputs: { x } }), start)
  return {
    networks: Object.fromEntries(names.map((name) => [name, network(name, hidden(0, 2, 2)).net])),
    sources: { latent: normal([2]) },
    players: { p: { goal: 'minimise', objective: { op: 'E', of: { op: 'sum', of: last } }, over: names } },
    dynamics: { type: 'simultaneous' },
    optimizers: { p: rate },
    batch: 8,
    steps: 1,
    seed: 1,
  }
}

/** The processor seconds that compiling a game takes, and the number of nodes of its step. */
export const compileCost = (game: GameSpec): { readonly nodes: number; readonly seconds: number } => {
  const start = process.cpuUsage()
  const compiled = compile(game)
  if (E.isLeft(compiled)) throw new Error('broken invariant: the game does not compile')
  return { nodes: compiled.right.step.nodes.length, seconds: process.cpuUsage(start).user / 1e6 }
}

interface Part {
  /** Processor milliseconds a step. */
  readonly time: number
  /** MiB held at its end. */
  readonly memory: number
}

/** What each of ten equal parts of a long run cost. */
export const tenths = async (steps: number): Promise<readonly Part[]> => {
  const parts: Part[] = []
  let from = { step: 0, micros: process.cpuUsage().user }
  const onEvent = ({ step }: { readonly step: number }): void => {
    if (step - from.step < steps / 10) return
    const micros = process.cpuUsage().user
    parts.push({
      time: (micros - from.micros) / 1000 / (step - from.step),
      memory: process.memoryUsage().rss / 2 ** 20,
    })
    from = { step, micros }
  }
  const trained = await train({ ...smallRing, steps }, { threads: 1, onEvent })()
  if (E.isLeft(trained)) throw new Error(JSON.stringify(trained.left))
  return parts
}
