import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { sigmoid, softplus } from '../../src/dsl/layers/pointwise.ts'
import { text } from '../../src/dsl/printing/text.ts'
import { add, div, exp, log, minimum, mul, neg, square, stopGradient, sub } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { grad, E as mean, norm, mean as overPatches, pair } from '../../src/dsl/terms/statistics.ts'
import { step } from '../../src/dsl/terms/variables.ts'
import { sample } from '../../src/spec/handle.ts'
import { criticOf } from '../../src/theory/critic.ts'
import { noTheory } from '../../src/theory/noTheory.ts'
import { separate } from '../../src/theory/separable.ts'
import { D, fake, G, latent, x } from '../types/ring.ts'

const formOf = (objective: Expr) =>
  pipe(
    criticOf(objective.term, 'D', undefined),
    E.flatMap((critic) => separate(critic, objective.term, 1)),
    E.map(({ a, b, constant, penalties, others }) => ({
      a: text(a),
      b: text(b),
      constant,
      penalties: penalties.map(text),
      others: others.map(text),
    })),
  )
const form = (a: string, b: string, more: object = {}): ReturnType<typeof formOf> =>
  E.right({ a, b, constant: 0, penalties: [], others: [], ...more })

const [real, generated] = [D(x), D(fake)]

describe('the form E_data[a(D)] + E_g[b(D)] is found', () => {
  const cases: readonly (readonly [string, Expr, ReturnType<typeof form>])[] = [
    ['as in the paper', add(mean(log(real)), mean(log(sub(1, generated)))), form('log t', 'log(1 − t)')],
    [
      'scaled',
      mul(2, mean(log(real))),
      E.left(noTheory('D scores no generated samples, not data and samples of one generator')),
    ],
    ['scaled sums', mul(2, add(mean(log(real)), div(mean(generated), 4))), form('2 · log t', '0.5 · t')],
    ['minus a mean', neg(sub(mean(real), mean(generated))), form('−t', 't')],
    ['a mean of a sum', mean(sub(real, square(generated))), form('t', '−t²')],
    ['a sum times a number, in a mean', mean(mul(sub(real, generated), 0.5)), form('0.5 · t', '(−0.5) · t')],
    ['several terms of one side', add(mean(add(real, square(real))), mean(generated)), form('t + t²', 't')],
    ['constants', add(mean(add(1, real)), sub(mean(generated), div(6, 2))), form('t', 't', { constant: -2 })],
    ['constant factors that are formulas', mul(exp(0), add(mean(real), mean(generated))), form('t', 't')],
    [
      'of patches',
      add(mean(overPatches(log(real))), mean(overPatches(log(sub(1, generated))))),
      form('log t', 'log(1 − t)'),
    ],
    ['one side alone', mean(softplus(generated)), form('0', 'softplus(t)')],
  ]
  for (const [name, objective, expected] of cases)
    test(name, () => {
      expect(formOf(objective)).toEqual(expected)
    })

  test('penalties and what does not depend on D are set aside', () => {
    const objective = sub(
      add(add(mean(real), mean(generated)), mean(norm(sub(x, fake)))),
      mul(10, mean(square(sub(norm(grad(real, x)), 1)))),
    )
    expect(formOf(objective)).toEqual(
      form('t', 't', {
        penalties: ['(−10) · 𝔼[(‖∇ₓ D(x)‖ − 1)²]'],
        others: ['𝔼[‖x − G(z)‖]'],
      }),
    )
  })
})

describe('and where there is none, the reason is given', () => {
  const other = G(sample(latent, 'other'))
  const cases: readonly (readonly [string, Expr, string])[] = [
    ['a function of an expectation', sub(mean(real), log(mean(exp(generated)))), 'not a sum of expectations'],
    ['relativistic', mean(log(sigmoid(sub(real, generated)))), 'compares D at several samples'],
    ['relativistic average', mean(log(sigmoid(sub(real, mean(generated))))), 'not a sum of expectations'],
    ['pairs', mean(mean(minimum(generated, pair(generated)))), 'not a sum of expectations'],
    ['another distribution', add(mean(generated), add(mean(real), mean(D(other)))), '2 generated distributions'],
    ['weights by sample', add(mean(real), mean(mul(norm(fake), generated))), 'not only on D'],
    ['weights by step', add(mean(real), mul(step, mean(generated))), 'not a sum of expectations'],
    ['hidden from derivatives', add(mean(real), mean(stopGradient(generated))), 'not only on D'],
  ]
  for (const [name, objective, reason] of cases)
    test(name, () => {
      expect(formOf(objective)).toMatchObject({ left: { message: expect.stringContaining(reason) } })
    })
})
