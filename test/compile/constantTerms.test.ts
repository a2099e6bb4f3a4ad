import fc from 'fast-check'
import { expect, test } from 'vitest'
import { folding } from '../../src/compile/constantTerms.ts'
import { elaborate } from '../../src/compile/elaborate.ts'
import { infer } from '../../src/compile/infer.ts'
import { compileQuery } from '../../src/compile/query.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import {
  add,
  alternating,
  dense,
  div,
  E,
  exp,
  game,
  input,
  log,
  logSoftmax,
  max,
  maxOverBatch,
  mean,
  minimise,
  mul,
  network,
  norm,
  ops,
  pair,
  pipe,
  ring,
  sample,
  sgd,
  source,
  sqrt,
  square,
  stopGradient,
  sub,
  sum,
} from '../../src/index.ts'
import { evaluate } from '../../src/ir/evaluate.ts'
import { size } from '../../src/ir/program.ts'
import { meanOverPairs } from '../../src/losses/distinctPairs.ts'
import { gaussianMixture } from '../../src/losses/kernels.ts'
import { squaredMmd } from '../../src/losses/mmd.ts'
import { right } from '../data/files.ts'
import { generator } from '../laws/generator.ts'

const data = source('data', ring({ modes: 3, radius: 1, std: 0.1 }))
const D = network('D', pipe(input([2]), dense(3)))
const one = network('one', pipe(input([2]), dense(1)))
const x = sample(data)

const asked = right(
  elaborate(
    game({
      networks: { D, one },
      sources: { data },
      players: { D: minimise(E(add(sum(D(x)), one(x))), 'D', 'one') },
      dynamics: alternating({ D: 1 }),
      optimizers: { D: sgd({ lr: 1 }) },
      batch: 1,
      steps: 1,
      seed: 1,
    }),
  ),
)

const folded = ({ term }: Expr, batch: number): number | undefined => {
  const names = {
    networks: asked.networks,
    sources: asked.fields,
    variables: {},
    slotShape: [],
    place: 'query',
  } as const
  const found = folding(infer(term, names, []).types, batch)(term).term
  return found.op === 'number' ? found.value : undefined
}

/** All numbers of a term at random states and samples. */
const valuesOf = ({ term }: Expr, batch: number, seed: number): readonly number[] => {
  const program = right(compileQuery(asked, { value: term }, { batch, stream: 'test' }))
  const { normal } = generator(seed)
  const numbers = (count: number): Float64Array => Float64Array.from(normal(count))
  const state = Object.fromEntries(Object.entries(program.state).map(([name, shape]) => [name, numbers(size(shape))]))
  const draws = Object.fromEntries(
    Object.entries(program.draws).map(([name, { shape }]) => [name, numbers(size(shape))]),
  )
  return [...(evaluate(program, { state, draws, step: 0 }).metrics.value ?? [])]
}

const scored = one(x)
const features = D(x)

/** What each is at batch 1 and, where that is constant too, at any other. */
const terms: readonly (readonly [string, Expr, number | undefined, number | undefined])[] = [
  ['the spread of a batch', sqrt(E(square(sub(scored, E(scored))))), 0, undefined],
  ['the mean distance of pairs', E(E(norm(sub(features, pair(features))))), 0, undefined],
  ['the distance to the best of a batch', sub(maxOverBatch(scored), E(scored)), 0, undefined],
  ['the mean over pairs of others', meanOverPairs(sum(mul(x, pair(x)))), Number.NaN, undefined],
  ['the kernel of a sample and itself', E(E(exp(sum(square(sub(x, pair(x))))))), 1, undefined],
  ['a share of itself', div(exp(scored), sum(exp(scored))), 1, 1],
  ['a class of one', logSoftmax(scored), 0, 0],
  ['a number less the mean of it alone', sub(scored, mean(scored)), 0, 0],
  ['the same in another shape', sub(ops.reshape(features, [3]), features), 0, 0],
  ['a constant of no samples', mul(2, add(1, 3)), 8, 8],
  ['a score', scored, undefined, undefined],
  ['features less the mean of them', sub(features, mean(features)), undefined, undefined],
  ['features less the greatest of them', sub(features, max(features)), undefined, undefined],
  ['a straight way through', sub(scored, stopGradient(scored)), undefined, undefined],
  ['the logarithm of a sum', log(sum(exp(features))), undefined, undefined],
  [
    'the biased discrepancy',
    squaredMmd(features, ops.constant([3], [1, 2, 3]) as never, gaussianMixture(), 'biased'),
    undefined,
    undefined,
  ],
]

test.each(terms)('%s is folded to what it is', (_, term, alone, batchedApplications) => {
  expect(folded(term, 1)).toEqual(alone)
  expect(folded(term, 3)).toEqual(batchedApplications)
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      for (const [batch, value] of [
        [1, alone],
        [3, batchedApplications],
      ] as const)
        if (value !== undefined)
          for (const found of valuesOf(term, batch, seed)) {
            // A program may take 0 / x for 0 before it sees that x is 0.
            if (Number.isNaN(value)) expect([0, Number.NaN]).toContain(found)
            else expect(found).toBeCloseTo(value, 12)
          }
    }),
    { numRuns: 10 },
  )
})
