import { describe, expect, it } from 'vitest'
import * as E from '#fp-ts/Either'
import type { Summary } from '../../src/evaluation/summary.ts'
import { showSummary } from '../../src/report/summaryTable.ts'

const modes = { samples: 10_000, modes: 8, found: 8, highQuality: 0.91, reverseKl: 0.01 }
const critique = { value: -1.25, standardError: 0.002, real: 0.55, generated: 0.45 }
const summary: Summary = {
  modes: E.right({ generated: modes, real: { ...modes, highQuality: 0.989 } }),
  confusion: E.right({
    threshold: { value: 0, real: 'above' },
    realAsReal: 6_000,
    realAsGenerated: 4_000,
    generatedAsReal: 500,
    generatedAsGenerated: 9_500,
    accuracy: 0.775,
  }),
  bestReply: E.right({
    fresh: critique,
    trained: { ...critique, value: -1.3 },
    equilibrium: -Math.log(4),
    steps: 2500,
  }),
  real: 'fresh',
}

describe('showSummary', () => {
  it('is an aligned table', () => {
    expect(`\n${showSummary(summary)}`).toBe(`
modes found              8 of 8
high-quality samples     91.0 %  (within 3 standard deviations of a mode; of real samples 98.9 %)
D as a classifier        right on 77.5 % of fresh samples  (at equilibrium a coin toss, 50 %)
  real samples           taken for real  60.0 %, for generated  40.0 %
  generated samples      taken for real   5.0 %, for generated  95.0 %
V of a fresh best reply  -1.250 ± 0.002  (D trained anew for 2500 steps: a lower bound)
V of the trained D       -1.300 ± 0.002
V at equilibrium         -1.386  (-log 4; 0 where D tells all samples apart)
`)
  })

  it('says why something is missing, and that data was seen', () => {
    const left = E.left('there is none')
    expect(`\n${showSummary({ modes: left, confusion: left, bestReply: left, real: 'seen' })}`).toBe(`
modes                   not measured: there is none
D as a classifier       not measured: there is none
V against a best reply  not measured: there is none
The real samples are rows of the data set, which training has seen too.
`)
  })
})
