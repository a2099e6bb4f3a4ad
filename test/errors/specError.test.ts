import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { compile } from '../../src/compile/compile.ts'
import { dense } from '../../src/dsl/layers/dense.ts'
import { input } from '../../src/dsl/layers/input.ts'
import { normal } from '../../src/dsl/sources/normal.ts'
import { ring } from '../../src/dsl/sources/ring.ts'
import { mul } from '../../src/dsl/terms/elementwise.ts'
import type { Expr } from '../../src/dsl/terms/expression.ts'
import { norm } from '../../src/dsl/terms/statistics.ts'
import type { Term } from '../../src/dsl/terms/term.ts'
import { showError } from '../../src/errors/failure.ts'
import type { InvalidSpec } from '../../src/errors/invalidSpec.ts'
import { specError } from '../../src/errors/specError.ts'
import { nonSaturating } from '../../src/losses/nonSaturating.ts'
import { sgd } from '../../src/optimizers/sgd.ts'
import { decode, decodeFields, encode } from '../../src/spec/codec.ts'
import { gan } from '../../src/spec/gan.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { good, objective, term } from '../compile/mistakes/game.ts'

const shown = (errors: E.Either<InvalidSpec, unknown>): string => (E.isLeft(errors) ? showError(errors.left) : '')

/** A value that is used twice, `times` times over: 2^times places, of which each names a network that is not there. */
const doubled = (times: number): Term => {
  const bad: Expr = { term: { op: 'apply', network: 'Q', inputs: { x: term.x } } }
  const all = Array.from({ length: times }).reduce<Expr>((sum) => mul(sum, sum), bad)
  return { op: 'E', of: norm(all).term }
}

describe('a mistake in an expression', () => {
  test('is told with the formula that is wrong, and names each further formula once', () => {
    const misfit = gan({
      generator: pipe(input([4]), dense(2)),
      // A spec without types: the discriminator takes three numbers, the data have two.
      discriminator: JSON.parse(JSON.stringify(pipe(input([3]), dense(1)))),
      latent: normal([4]),
      data: ring({ modes: 8, radius: 2, std: 0.02 }),
      loss: nonSaturating,
      optimizers: { generator: sgd({ lr: 0.1 }), discriminator: sgd({ lr: 0.1 }) },
      batch: 4,
      steps: 1,
      seed: 1,
    })
    const text = shown(compile(misfit))
    expect(text).toMatch(/^players\.discriminator\.objective, in D\(x\): expected \[3\] for input x of D, found \[2\]/)
    expect(text).toContain(
      'The same mistake is at players.discriminator.objective, in D(G(z)); players.generator.objective',
    )
    expect(text.match(/expected \[3\]/g)).toHaveLength(1)
  })

  test.each([0, 3, 10])('is told once where it stands at 2^%i places of a spec in JSON', (times) => {
    const json = decode(JSON.parse(JSON.stringify(encode(objective(doubled(times))))))
    if (E.isLeft(json)) throw new Error(shown(json))
    const text = shown(compile(json.right))
    expect(text.match(/expected a network/g)).toHaveLength(1)
    expect(text.length).toBeLessThan(500)
  })

  test('is told once where the decoder refuses it, at several places of a file', () => {
    const text = JSON.stringify(encode(objective(doubled(8)))).replaceAll('"network":"Q"', '"netwrok":"Q"')
    const found = shown(decode(JSON.parse(text)))
    expect(text.match(/netwrok/g)).toHaveLength(8)
    expect(found.match(/The same mistake is at 7 more places/g)).toHaveLength(2)
    expect(found.split('\n')[0]).toBe('the spec has 2 mistakes')
  })
})

test('ten mistakes are shown at most, and how many more there are', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 40 }), (count) => {
      const layers = Array.from({ length: count }, () => ({ layer: { type: 'dense', units: 0 }, from: [0] }))
      const spec: unknown = { ...good, networks: { ...good.networks, H: { nodes: layers, output: 0 } } }
      const text = shown(decodeFields(spec))
      expect(text.split('\n')[0]).toBe(`the spec has ${count} mistakes`)
      expect(text.match(/units: expected/g)).toHaveLength(Math.min(count, 10))
      expect(text.endsWith(`and ${count - 10} more`)).toBe(count > 10)
    }),
  )
})

test('no message is long, whatever a spec holds', () => {
  const long = 'x'.repeat(200_000)
  const names = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`network${i}`, good.networks.D]))
  const specs: readonly unknown[] = [
    { ...good, batch: long },
    { ...good, [long]: 1 },
    { ...good, networks: { ...good.networks, [long]: 1 } },
    { ...good, players: { ...good.players, discriminator: { ...good.players.discriminator, over: [long] } } },
    {
      ...good,
      networks: { ...good.networks, ...names },
      players: { p: { ...good.players.discriminator, over: ['Z'] } },
    },
  ]
  for (const spec of specs) {
    const decoded = decodeFields(spec)
    const text = shown(E.isLeft(decoded) ? decoded : compile(decoded.right satisfies GameSpec))
    expect(text).not.toBe('')
    expect(text.length).toBeLessThan(6000)
  }
})

test('long parts of a problem are cut', () => {
  const { expected } = specError([], { expected: 'y'.repeat(1000), found: 'z', hint: '' })
  expect(expected).toMatch(/^y{400}\.\.\.$/)
})
