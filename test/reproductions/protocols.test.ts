import { describe, expect, it } from 'vitest'
import * as E from '#fp-ts/Either'
import { compileQuery } from '../../src/compile/query.ts'
import { text } from '../../src/dsl/printing/text.ts'
import type { Term } from '../../src/dsl/terms/term.ts'
import type { Evaluation } from '../../src/reproductions/protocol.ts'
import { protocols } from '../../src/reproductions/protocols.ts'
import { decode, encode } from '../../src/spec/codec.ts'
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
    for (const { game, first = game } of protocol.rows)
      for (const each of [first, game]) expect(decode(encode(each))).toEqual(E.right(each))
  })

  it('compiles, and so does what is asked of a trained game', () => {
    for (const { game, evaluation } of protocol.rows) {
      const query = compileQuery(compiled(game), asked(evaluation), { batch: 2, stream: 'held-out' })
      expect(E.isRight(query)).toBe(true)
      if (evaluation.type === 'stacked') compiled(evaluation.classifier.game)
    }
  })
})

const read = (protocol: string, row: string): readonly string[] => {
  const found = protocols.find(({ name }) => name === protocol)?.rows.find(({ name }) => name === row)
  return Object.values(found?.game.players ?? {}).map(
    ({ goal, objective, over }) => `${goal} over ${over.join(', ')}: ${text(objective)}`,
  )
}

describe('a game reads as in its paper', () => {
  it('VEEGAN, algorithm 1', () => {
    expect(read('veegan-ring', 'VEEGAN')).toEqual([
      'maximise over D: 𝔼[log σ(D(G(z_z, ε_eps), z_z))] + 𝔼[log(1 − σ(D(xₓ, F(xₓ) + ε_reconstruction)))]',
      'minimise over G, F: 𝔼[D(G(z_z, ε_eps), z_z)] + 𝔼[0.5 · ‖z_z − F(G(z_z, ε_eps))‖²]',
    ])
  })

  it('a classifier of few labels, with generated images', () => {
    const [player] = read('few-labels', 'real images, shifted, and generated ones')
    expect(player).toContain('minimise over C: ')
    expect(player).toContain('y_(few, asked) · (C(G(z, y_(few, asked)))')
  })

  it('PacGAN of two', () => {
    const [real, generated] = ['concat₀(x_part1, x_part2)', 'concat₀(G(z_part1), G(z_part2))']
    expect(read('pacgan-grid', 'PacGAN2')).toEqual([
      `maximise over D: 𝔼[log σ(D(${real}))] + 𝔼[log(1 − σ(D(${generated})))]`,
      `maximise over G: 𝔼[log σ(D(${generated}))]`,
    ])
  })
})
