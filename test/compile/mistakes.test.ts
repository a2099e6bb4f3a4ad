import { describe, expect, test } from 'vitest'
import { pipe } from '#fp-ts/function'
import { interpolate } from '../../src/dsl/draw.ts'
import { alternating, competitive, lookahead, simultaneous, unrolled } from '../../src/dsl/dynamics.ts'
import { add, log, sigmoid, square, sub, tanh } from '../../src/dsl/elementwise.ts'
import { showSpecError } from '../../src/dsl/errors.ts'
import { game } from '../../src/dsl/game.ts'
import { gan } from '../../src/dsl/gan.ts'
import { network, sample, source } from '../../src/dsl/handle.ts'
import { init } from '../../src/dsl/initializers.ts'
import { activation } from '../../src/dsl/layers/activation.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { parameter as parameterLayer } from '../../src/dsl/layers/parameter.ts'
import { reshape } from '../../src/dsl/layers/reshape.ts'
import type { Optimizer } from '../../src/dsl/optimizer.ts'
import { maximise, minimise } from '../../src/dsl/player.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { ring } from '../../src/dsl/sources/ring.ts'
import type { GameSpec, LayerNode, NetworkGraph } from '../../src/dsl/spec.ts'
import { E, grad, sum } from '../../src/dsl/statistics.ts'
import type { Term } from '../../src/dsl/term.ts'
import { t } from '../../src/dsl/variables.ts'
import { minimax } from '../../src/losses/minimax.ts'
import { accumulate } from '../../src/optimizers/accumulate.ts'
import { clipWeights } from '../../src/optimizers/clipWeights.ts'
import { optimistic } from '../../src/optimizers/optimistic.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { compiled, errorsOf } from './playing.ts'

const D = network('D', pipe(input([2]), dense(3), tanh, dense(1)))
const G = network('G', pipe(input([4]), dense(2)))
const data = source('data', ring({ modes: 8, radius: 2, std: 0.02 }))
const latent = source('latent', normal([4]))
const x = sample(data)
const fake = G(sample(latent))
const value = sub(E(D(x)), E(D(fake)))
const good = game({
  networks: { D, G },
  sources: { data, latent },
  players: { discriminator: maximise(value, 'D'), generator: minimise(value, 'G') },
  dynamics: alternating({ discriminator: 1, generator: 1 }),
  optimizers: { discriminator: sgd({ lr: 0.1 }), generator: sgd({ lr: 0.1 }) },
  batch: 4,
  steps: 10,
  seed: 1,
})

const term = {
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
const objective = (of: Term): GameSpec => ({
  ...good,
  players: {
    ...good.players,
    discriminator: { goal: 'maximise', over: ['D'], objective: { op: 'add', left: term.value, right: of } },
  },
})
const inObjective = 'players.discriminator.objective.right'

const net = (name: 'D' | 'G', nodes: readonly LayerNode[], output: NetworkGraph['output'] = nodes.length - 1) => ({
  ...good,
  networks: { ...good.networks, [name]: { nodes, output } },
})
const inputNode: LayerNode = { layer: { type: 'input', name: 'x', shape: [2] }, from: [] }
const optimizer = (of: Optimizer): GameSpec => ({ ...good, optimizers: { ...good.optimizers, generator: of } })
const owns = (...over: readonly string[]): GameSpec => ({
  ...good,
  players: { ...good.players, generator: { goal: 'minimise', objective: term.value, over } },
})
const counts = (of: { readonly [player: string]: number }): GameSpec => ({
  ...good,
  dynamics: { type: 'alternating', counts: of },
})

type Case = readonly [name: string, spec: GameSpec, path: string, words: RegExp]

const networkCases: readonly Case[] = [
  ['no layers', net('D', []), 'networks.D.nodes', /at least one layer/],
  [
    'a layer that reads a later one',
    net('D', [
      { ...inputNode, from: [] },
      { layer: { type: 'relu' }, from: [1] },
    ]),
    'networks.D.nodes.1.from',
    /1 earlier node for relu, found \[1\]/,
  ],
  [
    'a layer that reads too many',
    net('D', [inputNode, { layer: { type: 'relu' }, from: [0, 0] }]),
    'networks.D.nodes.1.from',
    /1 earlier node/,
  ],
  [
    'no units',
    net('D', [inputNode, { layer: { type: 'dense', units: 0 }, from: [0] }]),
    'networks.D.nodes.1.layer',
    /whole number above 0, found 0/,
  ],
  [
    'an image layer on a vector',
    net('D', [inputNode, { layer: { type: 'conv2d', filters: 1, kernel: 3 }, from: [0] }]),
    'networks.D.nodes.1.layer',
    /an image.*found \[2\]/,
  ],
  ['an output that is not there', net('D', [inputNode], 3), 'networks.D.output', /index of a node, 0 to 0, found 3/],
  ['a named output that is not there', net('D', [inputNode], { a: 0, b: -1 }), 'networks.D.output.b', /found -1/],
  [
    'two inputs of a name',
    net('D', [inputNode, { ...inputNode, layer: { type: 'input', name: 'x', shape: [3] } }]),
    'networks.D.nodes.1.layer.name',
    /a second input 'x'/,
  ],
  [
    'a name with a slash',
    { ...good, networks: { ...good.networks, 'a/b': { nodes: [inputNode], output: 0 } } },
    'networks.a/b',
    /a key that is a name/,
  ],
]

const sourceCases: readonly Case[] = [
  [
    'weights of a mixture',
    { ...good, sources: { ...good.sources, data: ring({ modes: -1, radius: 2, std: 0.02 }) } },
    'sources.data.modes',
    /./,
  ],
]

const termCases: readonly Case[] = [
  [
    'no such network',
    objective(term.E({ op: 'apply', network: 'F', inputs: {} })),
    `${inObjective}.of`,
    /a network of this game, found 'F'[\s\S]*'D', 'G'/,
  ],
  [
    'a network named like what objects inherit',
    objective(term.E({ op: 'apply', network: 'toString', inputs: {} })),
    `${inObjective}.of`,
    /found 'toString'/,
  ],
  [
    'no such source',
    objective(term.E({ op: 'sample', source: 'noise', field: 'x' })),
    `${inObjective}.of`,
    /a source of this game, found 'noise'[\s\S]*'data', 'latent'/,
  ],
  [
    'no such field',
    objective(term.E({ op: 'sample', source: 'data', field: 'label' })),
    `${inObjective}.of`,
    /a field of data, found 'label'/,
  ],
  ['no such variable', objective({ op: 'variable', name: 'constructor' }), inObjective, /bound here: none/],
  [
    'an input that is not given',
    objective(term.E({ op: 'apply', network: 'D', inputs: {} })),
    `${inObjective}.of`,
    /inputs x for D, found none/,
  ],
  [
    'an input of another shape',
    objective(term.E(term.D(term.noise('n', [3])))),
    `${inObjective}.of`,
    /\[2\] for input x of D, found \[3\] per sample/,
  ],
  [
    'no such output',
    objective(term.E({ op: 'apply', network: 'D', inputs: { x: term.x }, output: 'score' })),
    `${inObjective}.of`,
    /an output of D, found 'score'/,
  ],
  [
    'E of what does not vary',
    objective(term.E(term.E(term.D(term.x)))),
    inObjective,
    /varies within the batch, found a constant, one number[\s\S]*twice/,
  ],
  [
    'no E',
    objective(term.sum(term.x)),
    'players.discriminator.objective',
    /one number for the batch, found one number per sample[\s\S]*E\(/,
  ],
  [
    'a constant vector',
    objective({ op: 'tensor', shape: [2], values: [1, 2] }),
    'players.discriminator.objective',
    /found a constant, \[2\][\s\S]*sum or mean/,
  ],
  [
    'no steps',
    objective({ op: 'every', period: 0, of: { op: 'number', value: 1 } }),
    inObjective,
    /1 or more, found 0/,
  ],
  [
    'a sum across parameters',
    objective({ op: 'acrossParameters', of: { op: 'number', value: 1 } }),
    inObjective,
    /found a sum across parameters/,
  ],
  ['every of samples', objective({ op: 'every', period: 2, of: term.x }), inObjective, /one number for the batch/],
  [
    'shapes that do not combine',
    objective(term.E(term.sum(term.mul(term.x, term.noise('n', [3]))))),
    `${inObjective}.of.of`,
    /\[2\] per sample and \[3\] per sample/,
  ],
  [
    'a tensor of too few values',
    objective(term.sum({ op: 'tensor', shape: [2], values: [1] })),
    `${inObjective}.of`,
    /2 values for \[2\], found 1/,
  ],
  [
    'a reshape to another number',
    objective(term.E(term.sum({ op: 'reshape', of: term.x, shape: [3] }))),
    `${inObjective}.of.of`,
    /reshape of \[2\] to \[3\]/,
  ],
  [
    'a reshape to what no shape is',
    objective(term.E(term.sum({ op: 'reshape', of: term.x, shape: [-1, -2] }))),
    `${inObjective}.of.of`,
    /operands that reshape takes, found .*\[-1, ?-2\]/,
  ],
  [
    'an axis that is not there',
    objective(term.E(term.sum({ op: 'sum', of: term.x, axes: [1] }))),
    `${inObjective}.of.of`,
    /operands that sum takes/,
  ],
  [
    'matrices that are none',
    objective(
      term.E(term.sum({ op: 'matmul', left: term.x, right: term.x, transposeLeft: false, transposeRight: false })),
    ),
    `${inObjective}.of.of`,
    /operands that matmul takes, found \[2\] and \[2\]/,
  ],
  [
    'a slice beyond the end',
    objective(term.E(term.sum({ op: 'slice', of: term.x, starts: [1], sizes: [2] }))),
    `${inObjective}.of.of`,
    /slice of \[2\]/,
  ],
  [
    'a slice of nothing',
    objective(term.E(term.sum({ op: 'slice', of: term.x, starts: [1], sizes: [0] }))),
    `${inObjective}.of.of`,
    /operands that slice takes/,
  ],
  [
    'padding below 0',
    objective(term.E(term.sum({ op: 'pad', of: term.x, before: [-1], after: [0] }))),
    `${inObjective}.of.of`,
    /whole numbers, 0 or more, found \[-1, 0\]/,
  ],
  [
    'a table that varies',
    objective(term.E(term.sum({ op: 'gather', table: term.x, indices: term.number(0) }))),
    `${inObjective}.of.of`,
    /a constant for the table of gather/,
  ],
  [
    'pair of a pair',
    objective(term.E(term.E(term.sum({ op: 'pair', of: { op: 'pair', of: term.x } })))),
    `${inObjective}.of.of.of`,
    /a value per sample, found one per pair/,
  ],
  [
    'grad of a vector',
    objective(term.E(term.sum(term.grad(term.x, term.x)))),
    `${inObjective}.of.of`,
    /one number per sample to differentiate, found \[2\]/,
  ],
  [
    'grad by a constant',
    objective(term.E(term.grad(term.D(term.x), term.number(1)))),
    `${inObjective}.of`,
    /a value per sample, found a constant/,
  ],
  [
    'grad by what does not occur',
    objective(term.E(term.sum(term.grad(term.D(term.x), term.fake)))),
    `${inObjective}.of.of`,
    /by what occurs in the expression, found what does not/,
  ],
  [
    'a gradient that hides another',
    objective(term.E(term.sum(term.grad(term.sum(term.grad(term.D(term.fake), sample(latent).term)), term.fake)))),
    `${inObjective}.of.of`,
    /a part of what the outer gradient is taken by/,
  ],
  [
    'an update by sample',
    objective(term.slot('s', 0, term.D(term.x))),
    `${inObjective}.update`,
    /a constant of shape \[\], found \[1\] per sample/,
  ],
  [
    'a previous value outside of its slot',
    objective({ op: 'previous', slot: 's' }),
    inObjective,
    /slot 's' around its previous value/,
  ],
  [
    'two slots of a name',
    objective(term.mul(term.slot('s', 0, term.number(1)), term.slot('s', 1, term.number(1)))),
    `${inObjective}.right`,
    /one slot 's'/,
  ],
  [
    'two updates of a slot',
    objective(term.mul(term.slot('s', 0, term.number(1)), term.slot('s', 0, term.number(2)))),
    `${inObjective}.right`,
    /one slot 's'/,
  ],
  ['a slot of no name', objective(term.slot('a/b', 0, term.number(1))), inObjective, /a name, found 'a\/b'/],
  [
    'two draws of a name',
    objective(term.mul(term.E(term.noise('n', [])), term.E(term.noise('n', [], 'uniform')))),
    `${inObjective}.right.of`,
    /'n' to be normal \[\], as elsewhere, found uniform \[\]/,
  ],
  [
    'a value from outside',
    objective(term.E({ op: 'given', name: 'z', shape: [] })),
    `${inObjective}.of`,
    /draws and networks, found the given value 'z'/,
  ],
]

const competing = (players: GameSpec['players']): GameSpec => ({
  ...good,
  players: { ...good.players, ...players },
  dynamics: competitive({ rate: 0.1 }),
})
const playCases: readonly Case[] = [
  ['a batch of 0', { ...good, batch: 0 }, 'batch', /at least 1, found 0/],
  ['half a step', { ...good, steps: 0.5 }, 'steps', /found 0.5/],
  ['a seed that is no number', { ...good, seed: Number.NaN }, 'seed', /found NaN/],
  [
    'nobody',
    { ...good, players: {}, optimizers: {}, dynamics: { type: 'simultaneous' } },
    'players',
    /at least one player/,
  ],
  [
    'dynamics of somebody else',
    counts({ discriminator: 1, generator: 1, critic: 2 }),
    'dynamics.counts.critic',
    /a player of this game: discriminator, generator/,
  ],
  ['samples that are a mean', { ...good, samples: term.value }, 'samples', /a value per sample, found a constant/],
  [
    'samples of a network that is none',
    { ...good, samples: { op: 'apply', network: 'H', inputs: { x: term.x } } },
    'samples',
    /a network of this game, found 'H'/,
  ],
  [
    'samples that remember',
    { ...good, samples: { op: 'mul', left: term.x, right: term.slot('memory', 1, term.number(1)) } },
    'samples',
    /without memory, found slot 'memory'/,
  ],
  ['somebody who never moves', counts({ discriminator: 1 }), 'dynamics.counts.generator', /found none/],
  [
    'a count that is no number',
    counts({ discriminator: 1, generator: Number.NaN }),
    'dynamics.counts.generator',
    /1 or more, found NaN/,
  ],
  ['half an update', counts({ discriminator: 1.5, generator: 1 }), 'dynamics.counts.discriminator', /found 1.5/],
  [
    'no optimizer',
    { ...good, optimizers: { discriminator: sgd({ lr: 1 }) } },
    'optimizers.generator',
    /an optimizer, found none/,
  ],
  [
    'an optimizer of somebody else',
    { ...good, optimizers: { ...good.optimizers, critic: sgd({ lr: 1 }) } },
    'optimizers.critic',
    /a player of this game/,
  ],
  [
    'competition in what is not zero-sum',
    competing({ generator: minimise(E(D(fake)), 'G') }),
    'dynamics',
    /one objective.*found an objective of discriminator and another one of generator\n/,
  ],
  ['competition of two who want the same', competing({ generator: maximise(value, 'G') }), 'dynamics', /both maximise/],
  ['competition over one network', competing({ generator: minimise(value, 'D', 'G') }), 'dynamics', /network D, which/],
  [
    'looking ahead by nothing',
    { ...good, dynamics: { type: 'lookahead', of: { type: 'simultaneous' }, period: 0, mix: 0.5 } },
    'dynamics.period',
    /1 or more, found 0/,
  ],
  [
    'looking ahead of looking ahead',
    { ...good, dynamics: lookahead({ period: 2 }, lookahead({ period: 2 }, simultaneous)) },
    'dynamics.of',
    /other than lookahead/,
  ],
  [
    'unrolling somebody else',
    { ...good, dynamics: unrolled({ player: 'generator', against: 'critic', steps: 2 }) },
    'dynamics.against',
    /a player of this game: discriminator, generator, found 'critic'/,
  ],
  [
    'unrolling oneself',
    { ...good, dynamics: unrolled({ player: 'generator', against: 'generator', steps: 2 }) },
    'dynamics.against',
    /another player/,
  ],
  ['owning nothing', owns(), 'players.generator.over', /at least one network/],
  ['owning what is not there', owns('G', 'F'), 'players.generator.over.1', /a network of this game: D, G, found 'F'/],
  ['owning something twice', owns('G', 'G'), 'players.generator.over.1', /each network once/],
]

const optimizerCases: readonly Case[] = [
  [
    'a rate of the gradient',
    optimizer({ type: 'sgd', lr: { op: 'variable', name: 'gradient' } }),
    'optimizers.generator.lr',
    /bound here: updates/,
  ],
  [
    'a rate that is a vector',
    optimizer({ type: 'sgd', lr: { op: 'tensor', shape: [2], values: [1, 2] } }),
    'optimizers.generator.lr',
    /one number, found a constant, \[2\]/,
  ],
  [
    'random numbers',
    optimizer({ type: 'custom', update: term.E(term.noise('n', [])) }),
    'optimizers.generator.update.of',
    /found random numbers/,
  ],
  [
    'a network',
    optimizer({ type: 'custom', update: term.E(term.D(term.x)) }),
    'optimizers.generator.update.of.inputs.x',
    /found samples/,
  ],
  [
    'a value of another shape',
    optimizer({
      type: 'custom',
      update: { op: 'transpose', of: { op: 'variable', name: 'parameter' }, permutation: [1, 0] },
    }),
    'optimizers.generator.update',
    /a new value of shape \[4, 2\], found a constant, \[2, 4\]/,
  ],
  [
    'a rate of the gradient within another optimizer',
    optimizer(accumulate({ every: 2 }, sgd({ lr: { term: { op: 'variable', name: 'gradient' } } }))),
    'optimizers.generator.of.lr',
    /bound here: updates/,
  ],
  [
    'a value of another shape within another optimizer',
    optimizer(optimistic({ type: 'custom', update: { op: 'tensor', shape: [2], values: [1, 2] } })),
    'optimizers.generator.of.update',
    /a new value of shape \[4, 2\], found a constant, \[2\]/,
  ],
  [
    'a sum across parameters of more than one number each',
    optimizer({ type: 'custom', update: { op: 'acrossParameters', of: { op: 'variable', name: 'gradient' } } }),
    'optimizers.generator.update',
    /one number for each parameter, found a constant, \[4, 2\]/,
  ],
  [
    'optimism about what moves at times',
    optimizer(optimistic(clipWeights({ most: 1 }, accumulate({ every: 2 }, sgd({ lr: 1 }))))),
    'optimizers.generator.of',
    /found accumulate, which moves at some\n.*put accumulate around optimistic/,
  ],
]

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
      expect.stringMatching(/^players\.p\.objective\.of\.of: expected logits, found D, which ends in a sigmoid/),
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
