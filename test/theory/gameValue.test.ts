import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { relu } from '../../src/dsl/layers/pointwise.ts'
import type { Loss, Penalty } from '../../src/dsl/objectives/symbols.ts'
import { mul, square, sub } from '../../src/dsl/terms/elementwise.ts'
import { t } from '../../src/dsl/terms/variables.ts'
import * as losses from '../../src/losses/losses.ts'
import * as penalties from '../../src/losses/penalties.ts'
import { gan } from '../../src/spec/gan.ts'
import { gameValue } from '../../src/theory/gameValue.ts'
import { flipLabels } from '../../src/views/flipLabels.ts'
import { topK } from '../../src/views/topK.ts'
import { computed, only, played } from '../compile/playing.ts'
import { right } from '../data/files.ts'
import { generator, rest } from '../types/ring.ts'

const ofD = { player: 'discriminator', network: 'D' }
const ganOf = (loss: Loss, more: { readonly penalties?: readonly Penalty[] } = {}) =>
  gan({ ...rest, generator, discriminator: pipe(input([2]), dense(1)), loss, penalties: more.penalties ?? [] })

/** D* where data and samples are equally distributed, the value then, and what D*'s number says. */
const cases: readonly (readonly [
  name: string,
  loss: Loss,
  best: number,
  value: number,
  posterior: string | undefined,
])[] = [
  ['minimax', losses.minimax, 0, -Math.log(4), 'logit'],
  ['nonSaturating', losses.nonSaturating, 0, -Math.log(4), 'logit'],
  ['leastSquares', losses.leastSquares(), 0.5, -0.25, 'probability'],
  ['leastSquares', losses.leastSquares({ a: -1, b: 1, c: 0 }), 0, -1, undefined],
  ['hinge', losses.hinge, 0.3, -2, undefined],
  ['wasserstein', losses.wasserstein, 7, 0, undefined],
  ['kullbackLeibler', losses.kullbackLeibler, 0, 0, 'logit'],
  ['pearson', losses.pearson, 0, 0, 'logit'],
  ['ganDivergence', losses.ganDivergence, 0, -Math.log(4), 'logit'],
  ['fGan', losses.fGan(mul(3, square(sub(t, 2)))), 0, 3, 'logit'],
  ['relativistic', losses.relativistic, 0, -Math.log(2), undefined],
  ['relativisticAverageHinge', losses.relativisticAverageHinge, 0, -2, undefined],
]

describe('the game’s own V and its own equilibrium', () => {
  test.each(cases)(
    '%s: V of the best reply to equal distributions is the value at equilibrium',
    (name, loss, ...of) => {
      const [best, value, posterior] = of
      const spec = ganOf(loss, { penalties: [penalties.gradientPenalty({ weight: 10 })] })
      const found = right(gameValue(spec, ofD))
      expect(found.loss).toBe(name)
      expect(found.posterior).toBe(posterior)
      expect(right(found.equilibrium)).toBeCloseTo(value, 9)
      const { game, state, draws } = computed(
        { term: found.value },
        { networks: spec.networks, sources: spec.sources, over: 'D' },
      )
      // The penalty, of a D without a slope, would be 10.
      const constant = { ...state, 'D/1.dense/kernel': new Float64Array(2), 'D/1.dense/bias': Float64Array.of(best) }
      expect(only(played(game, constant, draws).metrics.p)).toBeCloseTo(value, 9)
    },
  )

  test('under flipped labels and ranked samples it is that of the same loss, and says what D sees', () => {
    const found = right(gameValue(ganOf(flipLabels({ probability: 0.2 })(topK({ fraction: 0.5 })(losses.hinge))), ofD))
    expect(found).toMatchObject({ loss: 'hinge', equilibrium: E.right(-2), observed: { samples: 1 } })
    expect(found.posterior).toBeUndefined()
    const flipped = right(gameValue(ganOf(flipLabels({ probability: 0.2 })(losses.minimax)), ofD))
    expect(flipped.posterior).toBeUndefined()
  })

  test('where a penalty moves the best reply, the equilibrium is not known, and the reason is given', () => {
    const spec = ganOf(losses.minimax, { penalties: [penalties.leCam({ weight: 1 })] })
    expect(right(gameValue(spec, ofD)).equilibrium).toMatchObject({
      left: { message: expect.stringContaining('the slot') },
    })
    const open = gan({ ...rest, generator, discriminator: pipe(input([2]), dense(2), relu), loss: losses.mmd() })
    expect(E.isLeft(gameValue(open, { player: 'generator', network: 'G' }))).toBe(true)
  })
})
