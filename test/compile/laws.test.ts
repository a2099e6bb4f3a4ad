import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Either from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { compile } from '../../src/compile/compile.ts'
import { elaborate } from '../../src/compile/elaborate.ts'
import { play } from '../../src/compile/play.ts'
import type { LayerNode, NetworkGraph } from '../../src/dsl/layers/networkGraph.ts'
import type { Term } from '../../src/dsl/terms/term.ts'
import { createBuilder } from '../../src/ir/builder.ts'
import { evaluate } from '../../src/ir/evaluate.ts'
import type { Program } from '../../src/ir/program.ts'
import { lowerRules, simplify, simplifyRules } from '../../src/ir/simplify.ts'
import { verify } from '../../src/ir/verify.ts'
import type { Optimizer } from '../../src/optimizers/optimizer.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { games } from '../laws/games.ts'
import { terms } from '../laws/terms.ts'
import { gameOf, someDraws, someState } from './playing.ts'

/** Terms of one number per sample, of two draws x and z of two numbers each and networks D and G that fit them. */
const perSample: fc.Arbitrary<Term> = fc.letrec<{
  readonly vector: Term
  readonly number: Term
  readonly constant: Term
}>((tie) => {
  const [vector, number, constant] = [tie('vector'), tie('number'), tie('constant')]
  const unary = fc.constantFrom('neg', 'tanh', 'sigmoid', 'softplus', 'sin', 'square', 'stopGradient' as const)
  const binary = fc.constantFrom('add', 'sub', 'mul', 'maximum' as const)
  const one = (of: fc.Arbitrary<Term>) => fc.record({ op: unary, of })
  const two = (left: fc.Arbitrary<Term>, right: fc.Arbitrary<Term>) => fc.record({ op: binary, left, right })
  const sample = (source: string): Term => ({ op: 'sample', source, field: 'x' })
  const apply = (network: string, of: Term): Term => ({ op: 'apply', network, inputs: { x: of } })
  const leaves = fc.constantFrom<Term>(
    sample('data'),
    sample('latent'),
    { op: 'sample', source: 'latent', field: 'x', draw: 'mixing' },
    { op: 'noise', distribution: 'uniform', shape: [2], draw: 'u', shared: true },
  )
  return {
    vector: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaves,
      one(vector),
      two(vector, vector),
      two(vector, number),
      vector.map((of) => apply('G', of)),
      // By what occurs in it for sure.
      vector.map((by): Term => ({ op: 'grad', of: { op: 'square', of: apply('D', by) }, by })),
    ),
    number: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.constantFrom<Term>({ op: 'number', value: 0.5 }, { op: 'step' }, { op: 'sum', of: sample('data') }),
      one(number),
      two(number, number),
      fc.record({ op: fc.constantFrom('sum', 'mean', 'max' as const), of: vector }),
      vector.map((of) => apply('D', of)),
      vector.map((of): Term => ({ op: 'log', of: { op: 'sigmoid', of: apply('D', of) } })),
      vector.map(
        (of): Term => ({ op: 'E', of: { op: 'sum', of: { op: 'sub', left: of, right: { op: 'pair', of } } } }),
      ),
      constant,
    ),
    constant: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      vector.map((of): Term => ({ op: 'E', of: apply('D', of) })),
      constant.map((value): Term => {
        const previous: Term = { op: 'previous', slot: 's' }
        return { op: 'slot', name: 's', initial: 1, update: { op: 'mul', left: previous, right: value } }
      }),
    ),
  }
}).number

const hidden: fc.Arbitrary<LayerNode['layer']> = fc.constantFrom(
  { type: 'dense', units: 3 },
  { type: 'batchNorm' },
  { type: 'dropout', rate: 0.5 },
  { type: 'tanh' },
  { type: 'leakyRelu', slope: 0.2 },
  { type: 'layerNorm' },
  { type: 'softmax' },
)

const networkTo = (units: number): fc.Arbitrary<NetworkGraph> =>
  fc.array(hidden, { maxLength: 3 }).map((layers) => {
    const all: readonly LayerNode['layer'][] = [
      { type: 'input', name: 'x', shape: [2] },
      ...layers,
      { type: 'dense', units },
    ]
    return { nodes: all.map((layer, i) => ({ layer, from: i === 0 ? [] : [i - 1] })), output: all.length - 1 }
  })

const optimizers = fc.constantFrom<Optimizer>(
  { type: 'sgd', lr: 0.1 },
  { type: 'momentum', lr: 0.1, momentum: 0.9, nesterov: true },
  { type: 'adam', lr: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 1e-3 },
)

/** E of a term, and of the networks that the player owns, so that it depends on them. */
const objective = (of: Term, owned: string): Term => {
  const applied: Term = { op: 'apply', network: owned, inputs: { x: { op: 'sample', source: 'data', field: 'x' } } }
  return {
    op: 'E',
    of: {
      op: 'add',
      left: { op: 'sum', of: { op: 'square', of: applied } },
      right: {
        op: 'add',
        left: of,
        right: { op: 'sum', of: { op: 'noise', distribution: 'normal', shape: [1], draw: 'n' } },
      },
    },
  }
}

const smallGames: fc.Arbitrary<GameSpec> = fc
  .record({
    D: networkTo(1),
    G: networkTo(2),
    objectives: fc.tuple(perSample, perSample),
    optimizers: fc.tuple(optimizers, optimizers),
    counts: fc.option(fc.record({ d: fc.integer({ min: 1, max: 2 }), g: fc.integer({ min: 1, max: 2 }) })),
  })
  .map(({ D, G, objectives: [d, g], optimizers: [first, second], counts }) =>
    gameOf({
      networks: { D, G },
      sources: {
        data: { type: 'normal', shape: [2] },
        latent: { type: 'normal', shape: [2] },
      },
      players: {
        d: { goal: 'maximise', objective: objective(d, 'D'), over: ['D'] },
        g: { goal: 'minimise', objective: objective(g, 'G'), over: ['G'] },
      },
      optimizers: { d: first, g: second },
      dynamics: counts === null ? { type: 'simultaneous' } : { type: 'alternating', counts },
      batch: 3,
    }),
  )

/** The step as it is played, made with these rules, and as it then is simplified. */
const stages = (game: GameSpec, rules = lowerRules) => {
  const elaborated = elaborate(game)
  if (Either.isLeft(elaborated)) return undefined
  const builder = createBuilder(rules)
  const { writes, costs } = play(builder, elaborated.right, () => true)
  const raw = builder.program({ writes, metrics: costs })
  return { elaborated: elaborated.right, raw, simplified: simplify(raw, simplifyRules) }
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * (1 + Math.abs(a) + Math.abs(b))

const expectSameMeaning = (a: Program, b: Program, compiled: Parameters<typeof someState>[0]): void => {
  const feed = { state: someState(compiled), draws: someDraws(a), step: 3 }
  const draws = Object.fromEntries(Object.keys(b.draws).map((name) => [name, feed.draws[name] ?? new Float64Array(0)]))
  const [first, second] = [evaluate(a, feed), evaluate(b, { ...feed, draws })]
  for (const kind of ['state', 'metrics'] as const)
    for (const [name, values] of Object.entries(first[kind])) {
      if (!values.every(Number.isFinite)) continue // beyond, rewriting is what makes it finite
      const off = [...values].flatMap((x, i) =>
        near(x, second[kind][name]?.[i] ?? Number.NaN) ? [] : [[x, second[kind][name]?.[i]]],
      )
      expect(off, name).toEqual([])
    }
}

describe('random small games', () => {
  test('compile; every stage is a sound program; what is simplified means the same', () => {
    let found = 0
    fc.assert(
      fc.property(smallGames, (game) => {
        const made = stages(game)
        if (made === undefined) return
        found += 1
        expect(verify(made.raw)).toEqual([])
        expect(verify(made.simplified)).toEqual([])
        expectSameMeaning(made.raw, made.simplified, made.elaborated)
      }),
      { numRuns: 60 },
    )
    expect(found).toBeGreaterThan(30)
  })

  test('mean the same whether or not rules rewrite before gradients are taken', () => {
    fc.assert(
      fc.property(smallGames, (game) => {
        const [plain, ruled] = [stages(game, []), stages(game)]
        if (plain === undefined || ruled === undefined) return
        expect(verify(plain.raw)).toEqual([])
        expectSameMeaning(plain.raw, ruled.simplified, ruled.elaborated)
      }),
      { numRuns: 30 },
    )
  })

  test('a spec compiles to the same program however it was made', () => {
    fc.assert(
      fc.property(smallGames, (game) => {
        // Nothing of it depends on which terms are one object: a copy shares none. Of mistakes only the number does.
        const copy: GameSpec = JSON.parse(JSON.stringify(game))
        const [first, second] = [compile(game), compile(copy)]
        const data = (result: typeof first) =>
          pipe(
            result,
            Either.map(({ without: _, ...rest }) => rest),
          )
        if (Either.isRight(first)) expect(data(second)).toEqual(data(first))
        else expect(Either.isLeft(second)).toBe(true)
      }),
      { numRuns: 20 },
    )
  })
})

describe('whatever the spec', () => {
  test('a game is compiled or its mistakes are said: nothing is thrown', () => {
    fc.assert(
      fc.property(games, (game) => {
        const result = compile(game)
        if (Either.isRight(result)) expect(verify(result.right.step)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('so it is of any objective in a game that is right otherwise', () => {
    const base = fc.sample(smallGames, { numRuns: 1, seed: 7 })[0]
    if (base === undefined) throw new Error('no game')
    let found = 0
    fc.assert(
      fc.property(terms, fc.constantFrom('E', 'sum', 'add' as const), (term, op) => {
        const inner: Term = op === 'add' ? term : { op, of: term }
        const player = base.players.d
        if (player === undefined) throw new Error('no player')
        const of: Term = { op: 'add', left: player.objective, right: inner }
        const result = compile({ ...base, players: { ...base.players, d: { ...player, objective: of } } })
        if (Either.isLeft(result)) return
        found += 1
        expect(verify(result.right.step)).toEqual([])
      }),
      { numRuns: 1500 },
    )
    expect(found).toBeGreaterThan(20)
  })
})
