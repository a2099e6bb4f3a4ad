import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ArgumentError } from '../../src/codecs/argument.ts'
import * as S from '../../src/index.ts'

/** Functions that read, train, compile or show; no part of a spec comes from them. A new export is a constructor unless it stands here. */
const leftOut: ReadonlySet<string> = new Set<keyof typeof S>([
  'compile',
  'decisionThreshold',
  'decode',
  'descentFactor',
  'divergences',
  'dualityGap',
  'duelsOf',
  'eigenvalues',
  'encode',
  'exploitability',
  'gameJacobian',
  'gameValue',
  'generate',
  'generatorCriterion',
  'generatorGradient',
  'latex',
  'loadCheckpoint',
  'optimalDiscriminator',
  'placeOf',
  'printProgram',
  'showError',
  'showSlowBackend',
  'showSpecWarning',
  'showSummary',
  'spectralRadius',
  'startBackend',
  'summarise',
  'text',
  'theoryOf',
  'train',
  'valueAtEquilibrium',
  'valueAtOptimum',
])

type Call = (...args: readonly unknown[]) => unknown

const isCall = (value: unknown): value is Call => typeof value === 'function'

/** The functions of a module, those of its namespaces by full name: `adam`, `ops.reshape`. */
const functionsIn = (module: object, prefix = ''): readonly (readonly [string, Call])[] =>
  Object.entries(module).flatMap(([name, value]: [string, unknown]) => {
    if (prefix === '' && leftOut.has(name)) return []
    if (isCall(value)) return [[`${prefix}${name}`, value] as const]
    return typeof value === 'object' && value !== null && prefix === '' ? functionsIn(value, `${name}.`) : []
  })

const constructors = functionsIn(S)

const D = S.network('D', S.pipe(S.input([2]), S.dense(3), S.relu, S.dense(1)))
const data = S.source('data', S.ring({ modes: 8, radius: 2, std: 0.02 }))
const x = S.sample(data)

const wrong: readonly unknown[] = [
  undefined,
  null,
  'hinge',
  7,
  -1,
  0.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  true,
  {},
  [],
  ['a', 'b'],
  { learningRate: 1 },
  { term: {} },
  () => 1,
  () => undefined,
]
/** What some constructors take, and others do not. */
const right: readonly unknown[] = [
  [2],
  { shape: [2], draw: 'x' },
  { network: 'D', shape: [2] },
  { sample: [2], latent: [3] },
  (value: unknown) => value,
  D.net,
  D(x),
  data,
  data.source,
  x,
  S.losses.hinge,
  S.adam({ lr: 1e-3 }),
  S.simultaneous,
  S.minimise(S.E(D(x)), 'D'),
]
/** Functions of the language: where a constructor calls one, it may refuse what it is given, by its own name. */
const functions: readonly unknown[] = [D, S.relu, S.dense, S.views.instanceNoise({ std: 0.1 })]

/** Calls as untyped code does. Anything but an `ArgumentError` is passed on. */
const attempt = (f: Call, args: readonly unknown[]): { readonly made: unknown } | ArgumentError => {
  try {
    const made = f(...args)
    if (made instanceof Promise) throw new TypeError('a constructor makes no promise: list this export as left out')
    return { made }
  } catch (error) {
    if (error instanceof ArgumentError) return error
    throw error
  }
}

const argumentsOf = (values: readonly unknown[]) => fc.array(fc.constantFrom(...values), { maxLength: 4 })

const refusalBy = (name: string) => new RegExp(`^${name.replaceAll('.', '\\.')}: `)

describe('A constructor called with any arguments', () => {
  test.each(constructors)('%s returns or refuses them by its own name', (name, f) => {
    fc.assert(
      fc.property(argumentsOf([...wrong, ...right]), argumentsOf([...wrong, ...right]), (args, more) => {
        const result = attempt(f, args)
        if (result instanceof ArgumentError) expect(result.message).toMatch(refusalBy(name))
        else if (isCall(result.made)) attempt(result.made, more)
      }),
      { numRuns: 300 },
    )
  })

  test.each(constructors)(
    '%s throws nothing but an ArgumentError when it is given functions of the language',
    (_, f) => {
      const values = [...wrong, ...right, ...functions]
      fc.assert(
        fc.property(argumentsOf(values), argumentsOf(values), (args, more) => {
          const result = attempt(f, args)
          if (!(result instanceof ArgumentError) && isCall(result.made)) attempt(result.made, more)
        }),
        { numRuns: 300 },
      )
    },
  )
})

const shape = [2]
const eye = { network: 'D', shape }
const net = S.pipe(S.input([2]), S.dense(4))
const image = S.pipe(S.input([8, 8, 3], 'image'))
const window = { filters: 4, kernel: 3 }
const view = S.views.instanceNoise({ std: 0.1 })
const generator = S.pipe(S.input([16]), S.dense(2))
const adam = S.adam({ lr: 1e-3 })
const filter = S.ops.constant([1, 1, 1, 1], [1])
const images = S.ops.constant(
  [1, 4, 4, 1],
  Array.from({ length: 16 }, () => 1),
)

/** For each constructor that takes options, arguments that it accepts: one of them is the object of options. */
const accepted: { readonly [name: string]: readonly unknown[] } = {
  accumulate: [{ every: 2 }, adam],
  adaBelief: [{ lr: 1e-3 }],
  adagrad: [{ lr: 1e-3 }],
  adam: [{ lr: 1e-3 }],
  adamW: [{ lr: 1e-3 }],
  adaptiveInstanceNorm: [image, net, { bias: false }],
  amsgrad: [{ lr: 1e-3 }],
  batchNormWith: [{ momentum: 0.9 }],
  clipNorm: [{ most: 1 }, adam],
  clipValue: [{ most: 1 }, adam],
  clipWeights: [{ most: 1 }, adam],
  competitive: [{ rate: 0.1 }],
  conditionalBatchNorm: [image, net, { bias: false }],
  consensus: [{ weight: 1 }],
  conv1d: [window],
  conv2d: [window],
  convTranspose2d: [window],
  csv: [{ path: 'a.csv', columns: ['a'] }],
  dense: [8, { bias: false }],
  depthwiseConv2d: [{ kernel: 3 }],
  discrete: [{ probabilities: [0.5, 0.5] }],
  downsample: [2, { method: 'nearest' }],
  equalised: [S.dense(4), { gain: 1 }],
  exponentialAverage: [{ decay: 0.99 }],
  film: [image, net, { bias: false }],
  flipLabels: [{ probability: 0.1 }],
  game: [
    {
      networks: { D },
      sources: { data },
      players: { critic: S.minimise(S.E(D(x)), 'D') },
      dynamics: S.simultaneous,
      optimizers: { critic: adam },
      batch: 8,
      steps: 8,
      seed: 1,
    },
  ],
  gan: [
    {
      generator,
      discriminator: D.net,
      latent: S.normal([16]),
      data: data.source,
      loss: S.losses.hinge,
      optimizers: { generator: adam, discriminator: adam },
      batch: 8,
      steps: 8,
      seed: 1,
    },
  ],
  gaussian: [{ mean: 0, std: 1 }],
  gaussianMixture: [{ bandwidths: [1] }],
  grid: [{ side: 5, spacing: 1, std: 0.1 }],
  idx: [{ images: 'a', shape: [28, 28, 1] }],
  instanceNormWith: [{ affine: false }],
  lion: [{ lr: 1e-3 }],
  lookahead: [{ period: 5 }, S.simultaneous],
  interpolate: [x, x, { draw: 'a', shared: true }],
  'losses.boundaryEquilibrium': [{ rate: 0.1 }],
  'losses.cramer': [{ weight: 10 }],
  'losses.energyBased': [{ margin: 1, energy: 'output' }],
  'losses.energyDistance': [{ estimate: 'biased' }],
  'losses.labelSmoothing': [{ real: 0.9 }],
  'losses.leastSquares': [{ a: -1 }],
  'losses.mmd': [{ estimate: 'biased' }],
  'losses.wassersteinDivergence': [{ power: 6 }],
  minibatchDiscrimination: [{ features: 4, dimensions: 3 }],
  minibatchStd: [{ group: 4 }],
  mixture: [{ means: [[0, 0]], std: 1 }],
  modulatedConv2d: [image, net, window],
  momentum: [{ lr: 1e-3 }],
  moons: [{ noise: 0.1 }],
  noise: ['normal', shape, { draw: 'a', shared: true }],
  npy: [{ path: 'a.npy', shape }],
  'ops.conv2d': [x, filter, { strides: [1, 1] }],
  'ops.conv2dFilter': [images, images, { size: [1, 1] }],
  'ops.conv2dInput': [x, filter, { size: [4, 4] }],
  'ops.matmul': [x, filter, { transposeLeft: true }],
  packed: [S.E(D(x)), eye, 2],
  pathLengthOf: [x, x, shape, { weight: 2 }],
  'penalties.balancedConsistency': [{ real: 1, fake: 1, view }],
  'penalties.consistency': [{ weight: 1, view }],
  'penalties.dragan': [{ weight: 1 }],
  'penalties.gradientPenalty': [{ weight: 10 }],
  'penalties.jensenShannonPenalty': [{ weight: 1 }],
  'penalties.largestSlope': [{ weight: 1 }],
  'penalties.latentConsistency': [{ weight: 1, std: 0.1 }],
  'penalties.latentDiversity': [{ weight: 1, std: 0.1 }],
  'penalties.leCam': [{ weight: 1 }],
  'penalties.lipschitzPenalty': [{ weight: 1 }],
  'penalties.offDiagonal': [{ weight: 1 }],
  'penalties.orthogonal': [{ weight: 1 }],
  'penalties.pathLength': [{ weight: 1 }],
  'penalties.r1': [{ weight: 1 }],
  'penalties.r1r2': [{ weight: 1 }],
  'penalties.r2': [{ weight: 1 }],
  pool: [x, { shape }],
  rationalQuadratic: [{ scales: [1] }],
  ring: [{ modes: 8, radius: 2, std: 0.1 }],
  rmsprop: [{ lr: 1e-3 }],
  sample: [data, { draw: 'a', shared: true }],
  'schedules.cosine': [{ from: 1 }],
  'schedules.exponential': [{ from: 1, to: 0.1 }],
  'schedules.linear': [{ from: 1 }],
  'schedules.stepwise': [{ from: 1, factor: 0.5, every: 10 }],
  'schedules.warmUp': [{ over: 10 }, 1],
  selfAttention: [{ channels: 4 }],
  separableConv2d: [window],
  sgd: [{ lr: 1e-3 }],
  slot: ['k', { initial: 0 }, (previous: unknown) => previous],
  spiral: [{ noise: 0.1 }],
  symplectic: [{ weight: 1 }],
  tensor: [{ shape, values: [1, 2] }],
  through: [S.E(D(x)), eye, view],
  topK: [{ fraction: 0.5 }],
  truncation: [{ psi: 0.7 }],
  uniform: [shape, { low: 0 }],
  uniformAverage: [{ from: 10 }],
  unrolled: [{ player: 'generator', against: 'discriminator', steps: 5 }],
  upsample: [2, { method: 'nearest' }],
  'views.adaptive': [() => [view], { rise: 0.1 }],
  'views.colour': [{ probability: 0.5 }],
  'views.cutout': [{ ratio: 0.5 }],
  'views.instanceNoise': [{ std: 0.1 }],
  'views.translation': [{ ratio: 0.5 }],
  weightDecay: [{ decay: 0.1 }, adam],
}

const withOptions = constructors.flatMap(([name, f]) => {
  const args = accepted[name]
  return args === undefined ? [] : [[name, f, args] as const]
})

const isOptions = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  !['term', 'nodes', 'type', 'named'].some((field) => field in value) &&
  !Array.isArray(value)

/** The same arguments with other options. */
const changed = (args: readonly unknown[], change: object): readonly unknown[] =>
  args.map((each) => (isOptions(each) ? { ...each, ...change } : each))

/** The names of the options, as the refusal of an unknown one tells them. */
const optionsOf = (f: Call, args: readonly unknown[]): readonly string[] => {
  const refusal = attempt(f, changed(args, { zzz: 1 }))
  if (!(refusal instanceof ArgumentError)) return []
  return refusal.error.hint.replace(/^.*The options are (.*)\.$/s, '$1').split(', ')
}

describe('A constructor that takes options', () => {
  test('is in the table, and all that the table names are constructors', () => {
    const known: ReadonlySet<string> = new Set(constructors.map(([name]) => name))
    expect(Object.keys(accepted).filter((name) => !known.has(name))).toEqual([])
    const refusing = constructors.filter(([, f]) =>
      [[], [x], [x, x], ['k'], [8]].some((first) => {
        const refusal = attempt(f, [...first, { zzz: 1 }])
        return refusal instanceof ArgumentError && refusal.error.hint.includes('The options are')
      }),
    )
    expect(refusing.map(([name]) => name).filter((name) => !Object.hasOwn(accepted, name))).toEqual([])
  })

  test.each(withOptions)('%s accepts its own, and refuses an unknown name', (name, f, args) => {
    expect(attempt(f, args)).toHaveProperty('made')
    const refusal = attempt(f, changed(args, { zzz: 1 }))
    expect(refusal).toHaveProperty('error', {
      type: 'InvalidArgument',
      place: { type: 'argument', called: name, argument: 'zzz' },
      message: 'expected no option of this name, found 1',
      hint: expect.stringContaining('The options are '),
    })
  })

  test.each(withOptions)('%s returns or refuses any value of each of them', (name, f, args) => {
    const options = optionsOf(f, args)
    expect(options.length).toBeGreaterThan(0)
    fc.assert(
      fc.property(fc.constantFrom(...options), fc.constantFrom(...wrong, ...right), (option, value) => {
        const result = attempt(f, changed(args, { [option]: value }))
        if (result instanceof ArgumentError) expect(result.message).toMatch(refusalBy(name))
        else if (isCall(result.made)) attempt(result.made, [{ sample: [2], latent: [3] }])
      }),
      { numRuns: 200 },
    )
  })

  test.each(withOptions)('%s names the options that it needs where they are missing', (name, f, args) => {
    const given = args.find(isOptions) ?? {}
    const options = optionsOf(f, args)
    expect(options).toEqual(expect.arrayContaining(Object.keys(given)))
    for (const option of Object.keys(given)) {
      const result = attempt(f, changed(args, { [option]: undefined }))
      if (result instanceof ArgumentError)
        expect(result.message).toMatch(
          new RegExp(`${refusalBy(`${name}: ${option}`).source}expected .*, found nothing\n`),
        )
    }
  })
})

const parts = accepted.gan?.find(isOptions)
/** A function as code that no compiler checked calls it. */
const untyped = (value: unknown): Call => {
  if (!isCall(value)) throw new TypeError('expected a function')
  return value
}
const ring = { modes: 8, radius: 2, std: 0.02 }
const layered = (...layers: readonly unknown[]) => untyped(S.pipe)(S.input([2]), ...layers)

describe('The likeliest mistakes', () => {
  const gan = (change: object) => untyped(S.gan)({ ...parts, ...change })

  test.each<readonly [string, () => unknown, string]>([
    [
      "loss: 'hinge'",
      () => gan({ loss: 'hinge' }),
      'gan: loss: expected a loss, found "hinge"\n  Write losses.hinge, without quotes.',
    ],
    [
      'loss: losses.wassertein',
      () => gan({ loss: Reflect.get(S.losses, 'wassertein') }),
      'gan: loss: expected a value, found nothing\n  Its value is undefined: look for a typing error.',
    ],
    [
      'loss: losses.leastSquares',
      () => gan({ loss: S.losses.leastSquares }),
      'gan: loss: expected a loss, found a function\n  This loss has options: call it, losses.leastSquares() for instance.',
    ],
    [
      'penalties: penalties.r1({ weight: 1 })',
      () => gan({ penalties: S.penalties.r1({ weight: 1 }) }),
      'gan: penalties: expected a list of penalties, found an expression\n  Penalties are a list: write penalties: [penalties.r1({ weight: 10 })], or { generator: [...], discriminator: [...] }.',
    ],
    [
      'optimizers: adam({ lr: 1e-3 })',
      () => gan({ optimizers: adam }),
      'gan: optimizers: expected an optimizer for each player, found an object of type "adam"\n  Write optimizers: { generator: adam({ lr: 1e-4 }), discriminator: adam({ lr: 4e-4 }) }.',
    ],
    [
      'adam({ learningRate: 1e-3 })',
      () => untyped(S.adam)({ learningRate: 1e-3 }),
      'adam: learningRate: expected no option of this name, found 0.001\n  Did you mean lr? The options are lr, beta1, beta2, epsilon.',
    ],
    [
      "adam({ lr: '1e-3' })",
      () => untyped(S.adam)({ lr: '1e-3' }),
      'adam: lr: expected an expression or a number, found "1e-3"\n  Write 1e-3, without quotes.',
    ],
    [
      'adam(1e-3)',
      () => untyped(S.adam)(1e-3),
      'adam: expected an object of options, found 0.001\n  Write adam({ lr: ... }).',
    ],
    [
      'relu()',
      () => layered(untyped(S.relu)()),
      'relu: expected a network, found nothing\n  Write a layer without options without (): relu, not relu().',
    ],
    [
      'leakyRelu, not called',
      () => layered(S.leakyRelu),
      'leakyRelu: slope: expected a number, found a network\n  Write leakyRelu(0.2).',
    ],
    [
      'conv2d, not called',
      () => layered(S.conv2d),
      'conv2d: expected an object of options, found a network\n  Write conv2d({ filters: ..., kernel: ... }).',
    ],
    [
      'conv2d({ filter: 3 })',
      () => untyped(S.conv2d)({ filter: 3 }),
      'conv2d: filter: expected no option of this name, found 3\n  Did you mean filters? The options are filters, kernel, stride, padding, bias, init, weights, dilation.',
    ],
    [
      'dense(8, { initialiser: init.he })',
      () => untyped(S.dense)(8, { initialiser: S.init.he }),
      'dense: initialiser: expected no option of this name, found an object of type "he"\n  The options are bias, init, weights.',
    ],
    ['dense()', () => untyped(S.dense)(), 'dense: units: expected a number, found nothing\n  Write dense(64).'],
    [
      "pipe(x, 'relu')",
      () => layered('relu'),
      'pipe: function 1: expected a function, found "relu"\n  Give layers and functions, such as dense(64), relu.',
    ],
    ['input(4)', () => untyped(S.input)(4), 'input: shape: expected a list of sizes, found 4\n  Write input([4]).'],
    [
      'normal(16)',
      () => untyped(S.normal)(16),
      'normal: shape: expected a list of sizes, found 16\n  Write normal([16]).',
    ],
    [
      'ring(8)',
      () => untyped(S.ring)(8),
      'ring: expected an object of options, found 8\n  Write ring({ modes: ..., radius: ..., std: ... }).',
    ],
    [
      'E(1 - D(x))',
      () => untyped(S.E)(1 - Number(D(x))),
      'E: expected an expression or a number, found NaN\n  Expressions have no operators: write add(a, b), sub(1, D(x)), mul(2, a) or neg(a).',
    ],
    [
      'D()',
      () => untyped(D)(),
      'D: expected an expression or a number, found nothing\n  Nothing is given here: add the argument, or look for a typing error in its name.',
    ],
    [
      'D(x, y)',
      () => untyped(D)(x, x),
      'D: name: expected a text, found an expression\n  Write D(x); what comes last may be a text, the name of this application.',
    ],
    [
      'E(D)',
      () => untyped(S.E)(D),
      'E: expected an expression or a number, found network "D"\n  Apply the network: D(x).',
    ],
    [
      'sample(ring({ ... }))',
      () => untyped(S.sample)(S.ring(ring)),
      'sample: expected a source with a name, found an object of type "ring"\n  Write const data = source(\'data\', ring({ modes: 8, radius: 2, std: 0.02 })) and sample(data).',
    ],
    [
      'network(pipe(...))',
      () => untyped(S.network)(net),
      "network: name: expected a text, found a network\n  Write network('D', pipe(input([2]), dense(64), relu, dense(1))).",
    ],
    [
      'alternating(5)',
      () => untyped(S.alternating)(5),
      'alternating: counts: expected an object of values by name, found 5\n  Write alternating({ discriminator: 1, generator: 1 }).',
    ],
    [
      'schedules.linear()',
      () => untyped(S.schedules.linear)(),
      'schedules.linear: expected an object of options, found nothing\n  Write schedules.linear({ from: ... }).',
    ],
  ])('%s', (_, call, message) => {
    expect(attempt(call, [])).toHaveProperty('message', message)
  })
})
