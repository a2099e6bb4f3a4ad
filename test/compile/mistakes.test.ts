import { describe, expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import * as init from '../../src/dsl/initializers/init.ts'
import { activation } from '../../src/dsl/layers/activation.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { parameter as parameterLayer } from '../../src/dsl/layers/parameter.ts'
import { sigmoid } from '../../src/dsl/layers/pointwise.ts'
import { reshape } from '../../src/dsl/layers/reshape.ts'
import { maximise, minimise } from '../../src/dsl/objectives/player.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { ring } from '../../src/dsl/sources/ring.ts'
import { interpolate } from '../../src/dsl/terms/draw.ts'
import { add, log, square } from '../../src/dsl/terms/elementwise.ts'
import { E, grad, sum } from '../../src/dsl/terms/statistics.ts'
import type { Term } from '../../src/dsl/terms/term.ts'
import { t } from '../../src/dsl/terms/variables.ts'
import { alternating } from '../../src/dynamics/alternating.ts'
import { showSpecError } from '../../src/errors/specError.ts'
import { minimax } from '../../src/losses/minimax.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { game } from '../../src/spec/game.ts'
import { gan } from '../../src/spec/gan.ts'
import { network } from '../../src/spec/handle.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { D, data, fake, good, inputNode, objective, term, x } from './mistakes/game.ts'
import { networkCases } from './mistakes/networks.ts'
import { optimizerCases } from './mistakes/optimizers.ts'
import { playCases } from './mistakes/plays.ts'
import { sourceCases } from './mistakes/sources.ts'
import { termCases } from './mistakes/terms.ts'
import { compiled, errorsOf } from './playing.ts'

const cases = [...networkCases, ...sourceCases, ...termCases, ...playCases, ...optimizerCases]

test('the game that the cases break has nothing wrong', () => {
  expect(errorsOf(good)).toEqual([])
})

describe('a mistake is found at its place', () => {
  test.each(cases)('%s', (_, spec, path, words) => {
    const found = errorsOf(spec).map((error) => [error.path.join('.'), showSpecError(error)] as const)
    expect(found.map(([at]) => at)).toContain(path)
    expect(found.find(([at]) => at === path)?.[1]).toMatch(words)
  })

  test.each([...termCases, ...optimizerCases, ...playCases.slice(1)])('%s, and nothing else is', (_, spec) => {
    expect(errorsOf(spec).map(showSpecError)).toHaveLength(1)
  })
})

test('every mistake is found at once, and each once', () => {
  const broken: GameSpec = {
    networks: {
      ...good.networks,
      G: { nodes: [{ ...inputNode }, { layer: { type: 'dense', units: 0 }, from: [0] }], output: 1 },
      H: { nodes: [{ layer: { type: 'dropout', rate: 2 }, from: [0] }], output: 9 },
    },
    sources: { ...good.sources, data: ring({ modes: -1, radius: 2, std: 0.02 }) },
    players: {
      // Uses the broken network and the broken source, of which nothing more is said.
      discriminator: { goal: 'maximise', over: ['D', 'F'], objective: term.value },
      generator: {
        goal: 'minimise',
        over: ['G'],
        objective: { op: 'mul', left: term.value, right: { op: 'previous', slot: 'a' } },
      },
    },
    dynamics: { type: 'alternating', counts: { discriminator: 0, generator: 1 } },
    optimizers: {
      discriminator: { type: 'custom', update: term.fake },
      generator: { type: 'sgd', lr: term.x },
      nobody: sgd({ lr: 1 }),
    },
    batch: -1,
    steps: 1,
    seed: 0.5,
  }
  expect(
    errorsOf(broken)
      .map(({ path }) => path.join('.'))
      .sort(),
  ).toEqual(
    [
      'batch',
      'dynamics.counts.discriminator',
      'networks.G.nodes.1.layer',
      'networks.H.nodes.0.from',
      'networks.H.output',
      'optimizers.discriminator.update.inputs.x',
      'optimizers.generator.lr',
      'optimizers.nobody',
      'players.discriminator.over.1',
      'players.generator.objective.right',
      'seed',
      'sources.data.modes',
    ].sort(),
  )
})

test('draws that two players share must be alike', () => {
  const drawing = (shape: readonly number[]): Term => ({
    op: 'add',
    left: term.value,
    right: term.E(term.sum({ op: 'noise', distribution: 'normal', shape, draw: 'n', shared: true })),
  })
  const shared = (shape: readonly number[]): GameSpec => ({
    ...good,
    players: {
      discriminator: { goal: 'maximise', over: ['D'], objective: drawing([2]) },
      generator: { goal: 'minimise', over: ['G'], objective: drawing(shape) },
    },
  })
  expect(errorsOf(shared([2]))).toEqual([])
  expect(errorsOf(shared([3])).map(({ path }) => path.join('.'))).toEqual(['players.generator.objective.right.of.of'])
})

describe('a sigmoid on a sigmoid', () => {
  const endings = {
    sigmoid: pipe(input([2]), dense(1), sigmoid),
    'a reshaped sigmoid': pipe(input([2]), dense(1), sigmoid, reshape([1])),
    'one’s own sigmoid': pipe(input([2]), dense(1), activation(sigmoid(t))),
  }
  test.each(Object.entries(endings))('behind %s', (_, ending) => {
    const P = network('D', ending)
    const twice = game({
      networks: { D: P },
      sources: { data },
      players: { p: maximise(E(log(sigmoid(P(x)))), 'D') },
      dynamics: alternating({ p: 1 }),
      optimizers: { p: sgd({ lr: 1 }) },
      batch: 2,
      steps: 1,
      seed: 1,
    })
    expect(errorsOf(twice).map(showSpecError)).toEqual([
      expect.stringMatching(
        /^players\.p\.objective, in σ\(D\(x\)\): expected logits, found D, which ends in a sigmoid/,
      ),
    ])
    const once = { ...twice, players: { p: maximise(E(log(P(x))), 'D') } }
    expect(errorsOf(once)).toEqual([])
  })

  test('a loss of gan applies its own', () => {
    const spec = gan({
      generator: pipe(input([4]), dense(2)),
      discriminator: pipe(input([2]), dense(1), sigmoid),
      latent: normal([4]),
      data: ring({ modes: 8, radius: 2, std: 0.02 }),
      loss: minimax,
      optimizers: { generator: sgd({ lr: 1 }), discriminator: sgd({ lr: 1 }) },
      batch: 2,
      steps: 1,
      seed: 1,
    })
    for (const error of errorsOf(spec)) expect(showSpecError(error)).toMatch(/logits from D[\s\S]*last layer of D/)
    expect(errorsOf(spec).length).toBeGreaterThan(0)
  })
})

test('one number of shape [1] is an objective too', () => {
  const theta = network('theta', parameterLayer([1], init.constant(2)))
  const spec = game({
    networks: { theta },
    sources: {},
    players: { p: minimise(square(theta()), 'theta') },
    dynamics: alternating({ p: 1 }),
    optimizers: { p: sgd({ lr: 0.1 }) },
    batch: 1,
    steps: 1,
    seed: 1,
  })
  const { step } = compiled(spec)
  expect(step.nodes[step.metrics.p ?? -1]?.shape).toEqual([])
})

test('what repeats itself costs no more than what is written', () => {
  const twice = (of: Term): Term => ({ op: 'add', left: of, right: of })
  const deep = Array.from({ length: 60 }).reduce<Term>(twice, term.E(term.D(term.x)))
  const slot = (update: Term): Term => ({ op: 'slot', name: 's', initial: 0, update })
  expect(errorsOf(objective(term.mul(deep, slot(deep))))).toEqual([])
})

test('a gradient is taken by a point between, and of a term in it', () => {
  const between = interpolate(x, fake)
  const penalty = E(sum(square(grad(add(D(between), sum(between)), between))))
  expect(errorsOf(objective(penalty.term))).toEqual([])
})
