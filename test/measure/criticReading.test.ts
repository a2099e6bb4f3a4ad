import { describe, expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import { rolesOf } from '../../src/compile/roles.ts'
import { concat } from '../../src/dsl/layers/concat.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { sigmoid } from '../../src/dsl/layers/pointwise.ts'
import { maximise, minimise } from '../../src/dsl/objectives/player.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { ring } from '../../src/dsl/sources/ring.ts'
import { add, log, sub } from '../../src/dsl/terms/elementwise.ts'
import { E as mean } from '../../src/dsl/terms/statistics.ts'
import { simultaneous } from '../../src/dynamics/simultaneous.ts'
import { readCritic } from '../../src/measure/criticReading.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { game } from '../../src/spec/game.ts'
import { network, sample, source } from '../../src/spec/handle.ts'
import { right } from '../data/files.ts'

const data = source('data', ring({ modes: 8, radius: 2, std: 0.02 }))
const latent = source('latent', normal([3]))
const G = network('G', pipe(input([3]), dense(2)))
const F = network('F', pipe(input([2]), dense(3)))
const D = network('D', pipe(concat(input([2], 'x'), input([3], 'z')), dense(1)))
const [x, z] = [sample(data), sample(latent)]
const [encoded, generated] = [D({ x, z: F(x) }), D({ x: G(z), z })]

const optimizer = sgd({ lr: 0.1 })
const pairs = {
  'drawn up at data': [log(sigmoid(encoded)), log(sub(1, sigmoid(generated)))],
  'drawn up at samples': [log(sub(1, sigmoid(encoded))), log(sigmoid(generated))],
} as const

describe('of pairs with an encoder, those with data are real', () => {
  test.each(
    (['drawn up at data', 'drawn up at samples'] as const).flatMap((kind) => [
      [kind, 'first', mean(pairs[kind][0]), mean(pairs[kind][1])] as const,
      [kind, 'last', mean(pairs[kind][1]), mean(pairs[kind][0])] as const,
    ]),
  )('by a D that is %s, where they are written %s', (kind, _, one, other) => {
    const spec = game({
      networks: { G, F, D },
      sources: { data, latent },
      players: {
        discriminator: maximise(add(one, other), 'D'),
        generator: minimise(add(one, other), 'G', 'F'),
      },
      dynamics: simultaneous,
      optimizers: { discriminator: optimizer, generator: optimizer },
      batch: 4,
      steps: 1,
      seed: 1,
    })
    const { threshold } = right(readCritic({ game: spec }, right(rolesOf({ game: spec }))))
    expect(right(threshold)).toEqual({ value: 0, real: kind === 'drawn up at data' ? 'above' : 'below' })
  })
})
