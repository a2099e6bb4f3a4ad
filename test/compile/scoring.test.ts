import { describe, expect, it } from 'vitest'
import { pipe } from '#fp-ts/function'
import { type Roles, rolesOf } from '../../src/compile/roles.ts'
import { innermost, ownScoringNetworks, scoreOfPoint, scoringNetworks } from '../../src/compile/scoring.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { maximise, minimise } from '../../src/dsl/objectives/player.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { ring } from '../../src/dsl/sources/ring.ts'
import { given } from '../../src/dsl/terms/draw.ts'
import { add, log, sigmoid, square, sub } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { E } from '../../src/dsl/terms/statistics.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { game } from '../../src/spec/game.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { theoryOf } from '../../src/theory/describe.ts'
import { right } from '../data/files.ts'

const rate = adam({ lr: 1e-3 })
const play = { dynamics: simultaneous, batch: 4, steps: 1, seed: 1 }
const data = source('data', ring({ modes: 8, radius: 2, std: 0.02 }))
const latent = source('latent', normal([3]))
const G = network('G', pipe(input([3]), dense(2)))
const T = network('T', pipe(input([2]), dense(5)))
const D = network('D', pipe(input([5]), dense(1)))
const C = network('C', pipe(input([5]), dense(1)))
const [x, z] = [sample(data), sample(latent)]
const V = add(E(log(sigmoid(D(T(x))))), E(log(sub(1, sigmoid(D(T(G(z))))))))

/** D(T(x)), both of one player. */
const sequence = game({
  networks: { G, T, D },
  sources: { data, latent },
  players: { critic: maximise(V, 'T', 'D'), forger: minimise(V, 'G') },
  optimizers: { critic: rate, forger: rate },
  ...play,
})

/** D(T(x)), where a classifier trains T. */
const shared = game({
  networks: { G, T, D, C },
  sources: { data, latent },
  players: { critic: maximise(V, 'D'), forger: minimise(V, 'G'), other: minimise(E(square(C(T(x)))), 'T', 'C') },
  optimizers: { critic: rate, forger: rate, other: rate },
  ...play,
})

const of = (spec: GameSpec): Roles => right(rolesOf({ game: spec }))

describe('a critic of several networks', () => {
  it.each([sequence, shared])('is found with all of them', (spec) => {
    const roles = of(spec)
    expect(roles).toMatchObject({
      player: 'critic',
      critic: 'D',
      trunk: ['T'],
      real: { op: 'sample', source: 'data' },
      generated: { op: 'apply', network: 'G' },
    })
    expect(scoringNetworks(roles)).toEqual(['D', 'T'])
    expect(innermost(roles.realScore, roles)).toMatchObject({ network: 'T', inputs: { x: roles.real } })
    expect(innermost(roles.generatedScore, roles).inputs).toEqual({ x: roles.generated })
  })

  it('trains those that its player owns', () => {
    expect(ownScoringNetworks(sequence, of(sequence))).toEqual(['D', 'T'])
    expect(ownScoringNetworks(shared, of(shared))).toEqual(['D'])
  })

  it('scores another point through all of them', () => {
    const roles = of(sequence)
    const point: Expr = given('point', [2])
    const score = scoreOfPoint(roles.realScore, roles, point.term)
    expect(score).toMatchObject({ network: 'D', inputs: { x: { network: 'T', inputs: { x: point.term } } } })
  })

  it('has the theory of one network; a trunk that another player trains is a view', () => {
    const [own, ...more] = theoryOf(sequence)
    expect(more).toEqual([])
    expect(own).toMatchObject({ type: 'known', pairing: { discriminator: { network: 'D' } } })
    expect(own?.observed).toBeUndefined()
    const [seen, ...others] = theoryOf(shared)
    expect(others).toEqual([])
    expect(seen).toMatchObject({
      pairing: { discriminator: { network: 'D' }, generator: { player: 'forger' } },
      observed: { real: 'T#p_data', fake: 'T#p_g', viewed: true },
    })
  })
})
