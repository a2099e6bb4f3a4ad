import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ArgumentError } from '../../src/dsl/argument.ts'
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
  'generate',
  'generatorCriterion',
  'generatorGradient',
  'latex',
  'optimalDiscriminator',
  'printProgram',
  'showError',
  'showSlowBackend',
  'showSpecError',
  'showSpecErrors',
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
const constructor = new Map(constructors)

const D = S.network('D', S.pipe(S.input([2]), S.dense(3), S.relu, S.dense(1)))
const data = S.source('data', S.ring({ modes: 8, radius: 2, std: 0.02 }))
const x = S.sample(data)
const loss = S.losses.hinge

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
  D,
  D(x),
  data,
  data.source,
  x,
  loss,
  S.relu,
  S.adam({ lr: 1e-3 }),
  S.simultaneous,
  S.minimise(S.E(D(x)), 'D'),
  S.views.instanceNoise({ std: 0.1 }),
]

/** Calls as untyped code does. Anything but an `ArgumentError` is passed on. */
const attempt = (f: Call, args: readonly unknown[]): { readonly made: unknown } | ArgumentError => {
  try {
    return { made: f(...args) }
  } catch (error) {
    if (error instanceof ArgumentError) return error
    throw error
  }
}

const argumentsOf = (values: readonly unknown[]) => fc.array(fc.constantFrom(...values), { maxLength: 4 })

describe('A constructor called with any arguments', () => {
  test.each(constructors)('%s returns or refuses them by its own name', (name, f) => {
    fc.assert(
      fc.property(argumentsOf([...wrong, ...right]), argumentsOf([...wrong, ...right]), (args, more) => {
        const result = attempt(f, args)
        if (result instanceof ArgumentError)
          expect(result.summary).toMatch(new RegExp(`^${name.replace('.', '\\.')}: `))
        else if (isCall(result.made)) attempt(result.made, more)
      }),
      { numRuns: 500 },
    )
  })
})
