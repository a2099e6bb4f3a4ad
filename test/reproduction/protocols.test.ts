import { describe, expect, it } from 'vitest'
import * as E from '#fp-ts/Either'
import { compileQuery } from '../../src/compile/query.ts'
import { decode, encode } from '../../src/dsl/codec.ts'
import type { Term } from '../../src/dsl/term.ts'
import type { Evaluation } from '../../src/reproduction/protocol.ts'
import { protocols } from '../../src/reproduction/protocols.ts'
import { compiled } from '../compile/playing.ts'

const asked = (evaluation: Evaluation): { readonly [name: string]: Term } =>
  evaluation.type === 'terms' ? evaluation.terms : { generated: evaluation.generated }

describe.each(protocols)('$name', (protocol) => {
  it('has rows of different names, with numbers for its own columns', () => {
    const names = protocol.rows.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const { published } of protocol.rows)
      for (const [key, value] of Object.entries(published)) expect(protocol.metrics[key]?.type).toBe(value.type)
  })

  it('is data: its games can be stored', () => {
    for (const { game } of protocol.rows) expect(decode(encode(game))).toEqual(E.right(game))
  })

  it('compiles, and so does what is asked of a trained game', () => {
    for (const { game, evaluation } of protocol.rows) {
      const query = compileQuery(compiled(game), asked(evaluation), { batch: 2, stream: 'held-out' })
      expect(E.isRight(query)).toBe(true)
      if (evaluation.type === 'stacked') compiled(evaluation.classifier.game)
    }
  })
})
