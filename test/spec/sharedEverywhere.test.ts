import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inspectionOf } from '../../src/cli/inspection.ts'
import { showInspection } from '../../src/cli/show/showInspection.ts'
import { compile } from '../../src/compile/compile.ts'
import { activation } from '../../src/dsl/layers/activation.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { pipe } from '../../src/dsl/networks/pipe.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import type { Term } from '../../src/dsl/terms/term.ts'
import * as variables from '../../src/dsl/terms/variables.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { decode, encode } from '../../src/spec/codec.ts'
import { network } from '../../src/spec/handle.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { resumeRun } from '../../src/storage/resumeRun.ts'
import { sampleRun } from '../../src/storage/sampleRun.ts'
import { specHash } from '../../src/storage/specHash.ts'
import { trainRun } from '../../src/storage/trainRun.ts'
import { inFolder, right, rightOf } from '../data/files.ts'
import { smallRing } from '../run/ring.ts'

const { provenance: _, ...ring } = smallRing

/** The hyperbolic tangent of half of x + x, and of that, and so on: 2^100 copies of x, written out. */
const hundredfold = (x: Term): Term =>
  Array.from({ length: 100 }).reduce<Term>(
    (y) => ({
      op: 'tanh',
      of: { op: 'mul', left: { op: 'number', value: 0.5 }, right: { op: 'add', left: y, right: y } },
    }),
    x,
  )

const x: Term = { op: 'sample', source: 'data', field: 'x' }
const z: Term = { op: 'sample', source: 'latent', field: 'x' }
const applied = (network: string, at: Term): Term => ({ op: 'apply', network, inputs: { x: at } })
const fake = applied('G', z)
const squared = (of: Term): Term => ({ op: 'sum', of: { op: 'square', of } })
const slope = (of: Term, by: Term): Term => ({ op: 'grad', of, by })

/** A game in which the discriminator's objective has one term more. */
const plus = (term: Term): GameSpec => {
  const { discriminator, generator } = ring.players
  if (discriminator === undefined || generator === undefined) throw new Error('broken invariant: the ring has both')
  const objective: Term = { op: 'sub', left: discriminator.objective, right: { op: 'E', of: term } }
  return { ...ring, players: { discriminator: { ...discriminator, objective }, generator } }
}

const memory: Term = {
  op: 'slot',
  name: 'seen',
  initial: 1,
  update: hundredfold({ op: 'add', left: { op: 'previous', slot: 'seen' }, right: { op: 'number', value: 1 } }),
}
const ofT: Expr<'batch', [], 'variable t'> = { term: hundredfold(variables.t.term) }
const rate: Expr<'batch', [], 'variable updates'> = { term: hundredfold(variables.updates.term) }

const games: { readonly [place: string]: GameSpec } = {
  'of a network': plus(squared(hundredfold(applied('D', fake)))),
  'that a network is fed with': plus(squared(applied('D', hundredfold(fake)))),
  'within an activation': {
    ...ring,
    networks: {
      ...ring.networks,
      D: network('D', pipe(input([2]), dense(4), activation(ofT), dense(1))).net,
    },
  },
  'of a gradient penalty': plus(squared(slope(squared(hundredfold(applied('D', x))), x))),
  'of a gradient of a gradient of a gradient': plus(
    squared(slope(squared(slope(squared(slope(squared(hundredfold(applied('D', x))), x)), x)), x)),
  ),
  'within a slot': plus({ op: 'mul', left: memory, right: squared(x) }),
  'of a schedule': {
    ...ring,
    optimizers: { ...ring.optimizers, discriminator: sgd({ lr: rate }) },
  },
}

describe.each(Object.entries(games))('a value %s, used twice, a hundred times over', (_place, game) => {
  test('is written, read, compiled and shown in kilobytes', () => {
    const text = JSON.stringify(encode(game))
    expect(text.length).toBeLessThan(60_000)
    expect(specHash(right(decode(JSON.parse(text))))).toBe(specHash(game))
    const compiled = right(compile(game))
    expect(compiled.step.nodes.length).toBeLessThan(20_000)
    expect(showInspection(inspectionOf(compiled), 'text').length).toBeLessThan(30_000)
  })

  test('trains, resumes exactly and is sampled', () =>
    inFolder(async (folder) => {
      const [whole, parts] = [join(folder, 'whole'), join(folder, 'parts')]
      const at = (steps: number) => ({ ...game, steps, batch: 4 })
      const once = await rightOf(trainRun(at(3), { backend: 'reference', out: whole }))
      await rightOf(trainRun(at(1), { backend: 'reference', out: parts }))
      const resumed = await rightOf(resumeRun(parts, at(3)))
      expect(resumed.state).toEqual(once.state)
      const { samples } = await rightOf(sampleRun(whole, { count: 2 }))
      expect(samples.values.every(Number.isFinite)).toBe(true)
    }))
})
