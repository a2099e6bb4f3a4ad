import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { settingsNotice, withSettings } from '../../src/cli/settings.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { flatten } from '../../src/dsl/layers/flatten.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { reshape } from '../../src/dsl/layers/reshape.ts'
import type { Loss } from '../../src/dsl/objectives/symbols.ts'
import { view } from '../../src/dsl/objectives/view.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { log, mul, sub } from '../../src/dsl/terms/elementwise.ts'
import * as schedules from '../../src/dsl/terms/schedules.ts'
import { t } from '../../src/dsl/terms/variables.ts'
import { showError } from '../../src/errors/failure.ts'
import { rationalQuadratic } from '../../src/losses/kernels.ts'
import * as losses from '../../src/losses/losses.ts'
import * as penalties from '../../src/losses/penalties.ts'
import { adam } from '../../src/optimizers/adam.ts'
import { changesBetween, reverted } from '../../src/run/changes.ts'
import { decode, encode, encodeFields } from '../../src/spec/codec.ts'
import { gan } from '../../src/spec/gan.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { flipLabels } from '../../src/views/flipLabels.ts'
import { topK } from '../../src/views/topK.ts'
import * as views from '../../src/views/views.ts'
import { left, right } from '../data/files.ts'

const rate = adam({ lr: 1e-3 })
const base = {
  generator: pipe(input([3]), dense(48), reshape([4, 4, 3])),
  latent: normal([3]),
  data: normal([4, 4, 3]),
  optimizers: { generator: rate, discriminator: rate },
  batch: 4,
  steps: 1,
  seed: 1,
}
const judge = pipe(input([4, 4, 3]), flatten, dense(1))
const falling = schedules.linear({ from: 1, to: 0.1 })
const view2 = views.colour({ probability: 0.5 })

const lossValues: { readonly [name in keyof typeof losses]: Loss } = {
  ...losses,
  alpha: losses.alpha(0.3),
  boundaryEquilibrium: losses.boundaryEquilibrium({ diversity: falling }),
  cramer: losses.cramer(),
  energyBased: losses.energyBased({ margin: falling, energy: 'output' }),
  energyDistance: losses.energyDistance({ estimate: 'biased' }),
  fGan: losses.fGan(mul(sub(t, 1), log(t))),
  labelSmoothing: losses.labelSmoothing(),
  leastSquares: losses.leastSquares({ c: falling }),
  mmd: losses.mmd({ kernel: rationalQuadratic({ scales: [0.3, 2] }) }),
  wassersteinDivergence: losses.wassersteinDivergence({ power: 4 }),
}
const paid = { weight: falling }
const penaltyValues = {
  gradientPenalty: penalties.gradientPenalty({ ...paid, center: 0 }),
  lipschitzPenalty: penalties.lipschitzPenalty(paid),
  largestSlope: penalties.largestSlope(paid),
  r1: penalties.r1(paid),
  r2: penalties.r2({ weight: 2 }),
  r1r2: penalties.r1r2(paid),
  dragan: penalties.dragan({ ...paid, std: falling }),
  jensenShannonPenalty: penalties.jensenShannonPenalty(paid),
  leCam: penalties.leCam(paid),
  consistency: penalties.consistency({ ...paid, view: view2 }),
  balancedConsistency: penalties.balancedConsistency({ real: 1, fake: falling, view: view2 }),
  latentConsistency: penalties.latentConsistency({ weight: 1, std: 0.1 }),
  latentDiversity: penalties.latentDiversity({ weight: 1, std: 0.1 }),
  pathLength: penalties.pathLength(paid),
  orthogonal: penalties.orthogonal(paid),
  offDiagonal: penalties.offDiagonal({ weight: 1, of: 'G' }),
} as const satisfies { readonly [name in keyof typeof penalties]: unknown }

const seen = [
  views.translation(),
  views.adaptive((probability) => [views.colour({ probability }), views.cutout({ probability, ratio: 0.3 })], {
    rise: 1e-4,
  }),
  views.instanceNoise({ std: falling }),
]
const changed = gan({
  ...base,
  discriminator: pipe(input([4, 4, 6]), flatten, dense(1)),
  packing: 2,
  loss: topK({ fraction: 0.5 })(flipLabels({ probability: 0.1 })(losses.leastSquares())),
  views: seen,
})

const specs: { readonly [name: string]: GameSpec } = {
  ...Object.fromEntries(
    Object.entries(lossValues).map(([name, loss]) => [name, gan({ ...base, discriminator: judge, loss })]),
  ),
  ...Object.fromEntries(
    Object.entries(penaltyValues).map(([name, penalty]) => [
      name,
      gan({ ...base, discriminator: judge, loss: losses.hinge, penalties: { generator: [penalty] } }),
    ]),
  ),
  'views, packs, flips and the best samples': changed,
}

const json = (spec: GameSpec): unknown => JSON.parse(JSON.stringify(encodeFields(spec)))
/** A spec as JSON with another value at a path. */
const withValue = (value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown =>
  key === undefined ? to : { ...Object(value), [key]: withValue(Object(value)[key], rest, to) }
const withFormat = (fields: unknown): unknown => ({ format: 1, ...Object(fields) })

describe('a gan’s spec says what the game is made of', () => {
  test.each(Object.entries(specs))('%s: names and parameters come back, and are verified', (_, spec) => {
    const stored: unknown = JSON.parse(JSON.stringify(encode(spec)))
    expect(decode(stored)).toEqual(E.right(spec))
    expect(JSON.stringify(spec.provenance)).not.toContain('"own"')
  })

  test.each(Object.entries(specs))('%s: another formula is refused, with its place', (_, spec) => {
    const wrong = withValue(json(spec), ['players', 'discriminator', 'objective'], { op: 'number', value: 1 })
    const shown = showError(left(decode(withFormat(wrong))))
    expect(shown).toContain('players.discriminator.objective: expected the formula that')
    expect(shown).toContain('Remove the field provenance')
  })

  test('any other number as a parameter is refused', () => {
    const spec = json(gan({ ...base, discriminator: judge, loss: losses.leastSquares() }))
    fc.assert(
      fc.property(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 2, max: 9 }), (name, value) => {
        const wrong = withValue(spec, ['provenance', 'loss', 'loss', 'parameters', name], value)
        expect(E.isLeft(decode(withFormat(wrong)))).toBe(true)
      }),
    )
  })

  test('a name that no table has, and parameters that no constructor takes', () => {
    const spec = json(gan({ ...base, discriminator: judge, loss: losses.leastSquares() }))
    const error = (path: readonly string[], to: unknown) =>
      showError(left(decode(withFormat(withValue(spec, path, to)))))
    expect(error(['provenance', 'loss', 'loss', 'name'], 'leastSquare')).toContain('Did you mean leastSquares?')
    expect(error(['provenance', 'loss', 'loss', 'parameters'], { d: 1 })).toContain('provenance.loss.loss.parameters')
    expect(error(['provenance', 'roles', 'data', 'source'], 'reals')).toContain('provenance.roles')
  })

  test('what a user wrote is own: roles stand, and nothing is elaborated again', () => {
    const loss: Loss = { ...losses.hinge, generator: losses.minimax.generator }
    const own = gan({
      ...base,
      discriminator: judge,
      loss,
      views: [view((sample) => mul(2, sample))],
      penalties: [mul(2, penalties.r1({ weight: 1 }))],
    })
    expect(own.provenance).toMatchObject({
      loss: { loss: 'own', changes: [] },
      penalties: { discriminator: ['own'], generator: [] },
      views: ['own'],
      roles: { discriminator: { player: 'discriminator', network: 'D' }, packing: 1 },
    })
    expect(decode(JSON.parse(JSON.stringify(encode(own))))).toEqual(E.right(own))
  })
})

describe('settings', () => {
  const set = (spec: GameSpec, path: string, value: string) => right(withSettings(spec, [[path, value]]))
  const hinge = gan({ ...base, discriminator: judge, loss: losses.hinge })

  test('that leave the formulas alone keep the provenance', () => {
    const after = set(hinge, 'optimizers.generator.lr', '0.5')
    expect(after.provenance).toEqual(hinge.provenance)
    expect(settingsNotice(hinge, after)).toBeUndefined()
  })

  test('that change them drop it, which is said, and can be taken back', () => {
    for (const loss of [losses.hinge, { ...losses.hinge }]) {
      const spec = gan({ ...base, discriminator: judge, loss })
      const after = set(spec, 'players.generator.goal', '"maximise"')
      expect(after.provenance).toBeUndefined()
      expect(settingsNotice(spec, after)).toContain('--set changed the formulas')
      const [was, is] = [encodeFields(spec), encodeFields(after)]
      const changes = changesBetween(was, is)
      expect(changes.map(({ path }) => path[0]).sort()).toEqual(['players', 'provenance'])
      expect(reverted(is, changes)).toEqual(was)
    }
  })

  test('of the provenance itself are verified', () => {
    const spec = gan({ ...base, discriminator: judge, loss: losses.leastSquares() })
    const found = withSettings(spec, [['provenance.loss.loss.parameters.a', '-1']])
    expect(showError(left(found))).toContain('players.discriminator.objective')
  })
})
