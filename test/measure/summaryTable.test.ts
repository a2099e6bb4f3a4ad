import { describe, expect, it } from 'vitest'
import * as E from '#fp-ts/Either'
import { noAnswer } from '../../src/errors/noAnswer.ts'
import type { Reply } from '../../src/measure/metrics/bestReply.ts'
import type { Summary } from '../../src/measure/summary.ts'
import { showSummary } from '../../src/measure/summaryTable.ts'

const modes = { samples: 2_500, modes: 8, found: 8, highQuality: 0.91, shares: [0.62, 1.3], reverseKl: 0.01 } as const
const critique = { value: -1.25, standardError: 0.002, real: 0.55, generated: 0.45 }
const reply: Reply = {
  reading: 'logit',
  fresh: critique,
  trained: { ...critique, value: -1.3 },
  best: { of: 'fresh', value: -1.25, standardError: 0.002 },
  equilibrium: -Math.log(4),
  steps: 2500,
  planned: 2500,
}
const own = { value: 0.375, standardError: 0.004, penalised: true }
const setting = { training: false, averaged: [], pack: 1, views: false, memory: false }
const summary: Summary = {
  modes: E.right({ generated: modes, real: { ...modes, highQuality: 0.989, shares: [0.91, 1.08] } }),
  confusion: E.right({
    threshold: { value: 0, real: 'above' },
    realAsReal: 6_000,
    realAsGenerated: 4_000,
    generatedAsReal: 500,
    generatedAsGenerated: 9_500,
    accuracy: 0.775,
  }),
  bestReply: E.right(reply),
  ownValue: E.right({ ...own, equilibrium: '-1.386' }),
  setting: E.right(setting),
  real: 'fresh',
  playsV: true,
}

/** The lines of a summary about how well samples are told from data, and below. */
const lastLines = (changed: Partial<Summary>): string =>
  showSummary({ ...summary, ...changed })
    .split('\n')
    .slice(6)
    .join('\n')

describe('showSummary', () => {
  it('is an aligned table', () => {
    expect(`\n${showSummary(summary)}`).toBe(`
modes found          8 of 8 by 2,500 samples, 91.0 % of them of high quality
  high quality       within 3 standard deviations of a mode, as 98.9 % of real samples are
  how evenly         a mode gets 0.62 to 1.30 times its share of samples, of real ones 0.91 to 1.08 times
D as a classifier    right on 77.5 % of fresh samples  (at equilibrium a coin toss, 50 %)
  real samples       taken for real  60.0 %, for generated  40.0 %
  generated samples  taken for real   5.0 %, for generated  95.0 %
V of the best reply  -1.250 ± 0.002  (D trained anew for 2,500 steps: a lower bound)
V of the trained D   -1.300 ± 0.002
V at equilibrium     -1.386  (-log 4; 0 where D tells all samples apart)
`)
  })

  it('says whose the best reply is', () => {
    const best = { value: -1.2, standardError: 0.001, of: 'trained' } as const
    expect(lastLines({ bestReply: E.right({ ...reply, best }) })).toContain(
      '-1.200 ± 0.001  (the trained D: a lower bound; one trained anew for 2,500 steps has -1.250)',
    )
    const constant = { value: -Math.log(4), standardError: 0, of: 'constant' } as const
    const low = { ...critique, value: -4.07 }
    expect(lastLines({ bestReply: E.right({ ...reply, best: constant, fresh: low }) })).toContain(
      '-1.386 ± 0.000  (a constant D: a lower bound; one trained anew for 2,500 steps has -4.070)',
    )
  })

  it('says how many steps there were where it was cut short, and no error', () => {
    expect(lastLines({ bestReply: E.right({ ...reply, steps: 120 }) })).toContain(
      'V of the best reply  -1.250  (cut short after 120 of 2,500 steps)\n',
    )
  })

  it('shows the log loss of a fresh classifier where D gives a score, and the game’s own value', () => {
    const { trained: _, ...rest } = reply
    expect(
      `\n${lastLines({ bestReply: E.right({ ...rest, reading: 'score' }), ownValue: E.right(own), playsV: false })}`,
    ).toBe(`
log loss of a fresh classifier  0.625 ± 0.001  (D's network trained anew for 2,500 steps: an upper bound)
log loss at equilibrium         0.693  (log 2, a coin toss; 0 where all samples are told apart)
value of D's objective          0.375 ± 0.004  (without penalties; at equilibrium not known)
`)
  })

  it('says how D was read', () => {
    const changed = { ...setting, training: true, averaged: ['G'], batch: 64, views: true, memory: true, pack: 2 }
    const shown = lastLines({ setting: E.right(changed), real: 'seen' })
    expect(shown).toContain('V of the trained D, per pack of 2   -1.300')
    expect(`\n${shown.split('\n').slice(3).join('\n')}`).toBe(`
D is measured as it plays: by the statistics of batches of 64, real and generated samples apart.
Generated samples are made by the averaged weights of G; D has those of its last step.
D is measured on samples as it sees them, through what its objective does to them.
What D sees depends on memory of its player; it is measured with the memory of the first step.
The real samples are rows of the data set, which training has seen too.
`)
  })

  it('says why something is missing', () => {
    const left = E.left(noAnswer('there is none', 'Ask for another.'))
    const nothing = {
      modes: left,
      confusion: left,
      bestReply: left,
      ownValue: left,
      setting: left,
      real: 'fresh',
      playsV: false,
    } as const
    expect(`\n${showSummary(nothing)}`).toBe(`
modes              not measured: there is none
D as a classifier  not measured: there is none
best reply         not measured: there is none
`)
  })
})
