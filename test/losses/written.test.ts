import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { inspectionOf } from '../../src/cli/inspection.ts'
import { showInspection } from '../../src/cli/show/showInspection.ts'
import { latex } from '../../src/dsl/printing/latex.ts'
import * as losses from '../../src/losses/losses.ts'
import { decode, encode } from '../../src/spec/codec.ts'
import { compiled } from '../compile/playing.ts'
import { lossGames } from './pytorchLosses.ts'

const count = (text: string, of: RegExp): number => [...text.matchAll(of)].length

describe('every loss, and every piece of games of several networks', () => {
  test.each(Object.entries(lossGames))('%s is data, and LaTeX', (_, spec) => {
    const stored: unknown = JSON.parse(JSON.stringify(encode(spec)))
    expect(decode(stored)).toEqual(E.right(spec))
    for (const { objective } of Object.values(spec.players)) {
      const written = latex(objective)
      expect(count(written, /\{/g)).toBe(count(written, /\}/g))
      expect(count(written, /\\left\b/g)).toBe(count(written, /\\right\b/g))
      expect(written).not.toMatch(/undefined|NaN|Infinity/)
    }
  })
})

describe('what inspect prints of a game', () => {
  test.each(Object.keys(losses).filter((name) => name !== 'fGan'))(
    '%s: the loss by its name, with what is known of it',
    (name) => {
      const spec = lossGames[name]
      if (spec === undefined) throw new Error(name)
      const found = inspectionOf(compiled(spec))
      const [theory] = found.theory
      expect(theory?.loss?.loss).toBe(name)
      for (const notation of ['text', 'latex'] as const) {
        const shown = showInspection(found, notation)
        expect(shown).toMatch(new RegExp(`loss +${name}\\b`))
        expect(shown).toContain(theory?.loss?.value)
        expect(shown).toContain(theory?.loss?.generator)
        expect(shown).not.toMatch(/undefined|NaN/)
      }
    },
  )
})
