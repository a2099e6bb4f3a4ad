import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ArgumentError } from '../../src/codecs/argument.ts'
import * as S from '../../src/index.ts'
import { accepted, D, data, x } from './acceptedArguments.ts'
import { attempt, type Call, isCall, isOptions } from './untypedCall.ts'

/** Functions that read, train, compile or show; no part of a spec comes from them. A new export is a constructor unless it stands here. */
const leftOut: ReadonlySet<string> = new Set<keyof typeof S>([
  'compile',
  'decisionThreshold',
  'decode',
  'descentFactor',
  'divergences',
  'dualityGap',
  'pointwiseGamesOf',
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

/** The functions of a module, those of its namespaces by full name: `adam`, `ops.reshape`. */
const functionsIn = (module: object, prefix = ''): readonly (readonly [string, Call])[] =>
  Object.entries(module).flatMap(([name, value]: [string, unknown]) => {
    if (prefix === '' && leftOut.has(name)) return []
    if (isCall(value)) return [[`${prefix}${name}`, value] as const]
    return typeof value === 'object' && value !== null && prefix === '' ? functionsIn(value, `${name}.`) : []
  })

const constructors = functionsIn(S)

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

const withOptions = constructors.flatMap(([name, f]) => {
  const args = accepted[name]
  return args === undefined ? [] : [[name, f, args] as const]
})

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
