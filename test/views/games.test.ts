import { describe, expect, test } from 'vitest'
import { latex } from '../../src/dsl/printing/latex.ts'
import { text } from '../../src/dsl/printing/text.ts'
import { train } from '../../src/run/train.ts'
import { decode, encode } from '../../src/spec/codec.ts'
import { theoryOf } from '../../src/theory/describe.ts'
import { penaltyGames, viewGames } from '../conformance/penalties.ts'
import { rightOf } from '../data/files.ts'

const games = Object.entries({ ...penaltyGames, ...viewGames })

describe('a game of each penalty and of each view', () => {
  test.each(games)('%s is data, reads as formulas, has a theory and trains', async (_, game) => {
    const stored = JSON.stringify(encode(game))
    expect(decode(JSON.parse(stored))).toMatchObject({ right: game })
    expect(stored.length).toBeLessThan(1e5)
    for (const { objective } of Object.values(game.players)) {
      expect(text(objective).length).toBeLessThan(6000)
      expect(latex(objective)).not.toBe('')
    }
    expect(theoryOf(game).length).toBeGreaterThan(0)
    const { state } = await rightOf(train({ ...game, steps: 20 }))
    for (const [name, { values }] of Object.entries(state)) expect(values.every(Number.isFinite), name).toBe(true)
  })
})
