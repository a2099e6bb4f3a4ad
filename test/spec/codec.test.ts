import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as E from '#fp-ts/Either'
import { type SpecErrors, showSpecError } from '../../src/errors/specError.ts'
import { decode, decodeFields, encode } from '../../src/spec/codec.ts'
import { maxDepth } from '../../src/spec/depth.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { games } from '../laws/games.ts'

const x = { op: 'sample', source: 'data', field: 'x' }
const base = {
  format: 1,
  networks: { D: { nodes: [{ layer: { type: 'dense', units: 1 }, from: [] }], output: 0 } },
  sources: { data: { type: 'ring', modes: 8, radius: 2, std: 0.02 } },
  players: { discriminator: { goal: 'maximise', objective: { op: 'E', of: x }, over: ['D'] } },
  dynamics: { type: 'simultaneous' },
  optimizers: { discriminator: { type: 'sgd', lr: 0.1 } },
  batch: 64,
  steps: 10,
  seed: 1,
}
const objective = (term: unknown) => ({
  ...base,
  players: { discriminator: { ...base.players.discriminator, objective: term } },
})

const errorsOf = (u: unknown): SpecErrors => {
  const result = decode(u)
  if (E.isRight(result)) throw new Error('it was accepted')
  return result.left.errors
}
const only = (u: unknown): string => {
  const errors = errorsOf(u)
  expect(errors).toHaveLength(1)
  return showSpecError(errors[0])
}
const nested = (depth: number): unknown => {
  let term: unknown = x
  for (let i = 0; i < depth; i++) term = { op: 'neg', of: term }
  return term
}

describe('decode and encode', () => {
  it('are inverse, also through JSON', () => {
    fc.assert(
      fc.property(games, (game: GameSpec) => {
        expect(decode(JSON.parse(JSON.stringify(encode(game))))).toEqual(E.right(game))
        expect(decodeFields(game)).toEqual(E.right(game))
      }),
      { numRuns: 300 },
    )
  })

  it('accept nothing that changes when it is decoded and encoded', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), games.map(encode)), (json) => {
        const result = decode(json)
        if (E.isRight(result)) expect(encode(result.right)).toEqual(json)
        else expect(result.left.errors.every((error) => error.expected !== '' && error.hint !== '')).toBe(true)
      }),
    )
  })

  it('report every mistake, each at its path', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom('batch', 'steps', 'seed', 'dynamics', 'players'), { minLength: 1 }),
        (fields) => {
          const wrong = { ...base, ...Object.fromEntries(fields.map((field) => [field, 'wrong'])) }
          expect(
            errorsOf(wrong)
              .map(({ path }) => path.join('.'))
              .sort(),
          ).toEqual([...fields].sort())
        },
      ),
    )
  })
})

describe('the errors of decode', () => {
  it('name the place, what was expected and what was found', () => {
    expect(only({ ...base, batch: 0 })).toBe(
      'batch: expected a whole number above 0, found 0\n  Give a whole number above 0.',
    )
    const { batch: _, ...without } = base
    expect(only(without)).toBe('batch: expected a whole number above 0, found nothing\n  Add this field.')
  })

  it('name the nearest op, and list those there are', () => {
    const text = only(objective({ op: 'sgimoid', of: x }))
    expect(text).toMatch(/^players\.discriminator\.objective\.op: expected one of .*sigmoid.*, found "sgimoid"/)
    expect(text).toContain('Did you mean sigmoid?')
  })

  it('are those of the member that the tag names', () => {
    expect(errorsOf(objective({ op: 'add', left: x, right: { op: 'number', value: 'a' } })).map((e) => e.path)).toEqual(
      [['players', 'discriminator', 'objective', 'right', 'value']],
    )
    const layer = { type: 'conv2d', filters: 3, kernel: 3, padding: 'smae' }
    expect(only({ ...base, networks: { D: { nodes: [{ layer, from: [] }], output: 0 } } })).toMatch(
      /^networks\.D\.nodes\.0\.layer\.padding: expected .*, found "smae"/,
    )
  })

  it('refuse unknown fields and guess what was meant', () => {
    expect(only({ ...base, sources: { data: { ...base.sources.data, lables: true } } })).toBe(
      'sources.data.lables: expected no field of this name, found true\n  Did you mean labels? The fields are type, modes, radius, std, labels.',
    )
  })

  it('refuse numbers that are none by name', () => {
    for (const value of [NaN, Infinity, -Infinity])
      expect(only(objective({ op: 'number', value }))).toContain(`expected a finite number, found ${value}`)
    expect(only(JSON.parse(JSON.stringify(objective({ op: 'number', value: NaN }))))).toContain('JSON has no NaN')
  })

  it('cover fields that do not go together', () => {
    const data = { type: 'mixture', means: [[0, 0], [1]], std: 1 }
    expect(only({ ...base, sources: { data } })).toMatch(/^sources\.data: expected means of 2 coordinates/)
  })

  it('cover inherited names, which would be found where nothing was declared', () => {
    const hostile = JSON.parse(
      `{"format": 1, "__proto__": {"batch": 1}, "networks": {"__proto__": {"nodes": [], "output": 0}, "toString": {"nodes": [], "output": 0}}}`,
    )
    const paths = errorsOf(hostile).map(({ path }) => path.join('.'))
    expect(paths).toEqual(expect.arrayContaining(['__proto__', 'networks.__proto__', 'networks.toString', 'batch']))
    expect(Reflect.get({}, 'batch')).toBeUndefined()
  })
})

describe('nesting', () => {
  it('is followed as deep as the limit', () => {
    expect(E.isRight(decode(objective(nested(maxDepth - 5))))).toBe(true)
    expect(only(objective(nested(maxDepth)))).toContain(`at most ${maxDepth} levels of nesting`)
  })

  it('beyond every stack is refused, and so are cycles', () => {
    expect(only(JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`))).toContain('levels of nesting')
    const cycle: { of?: unknown } = {}
    cycle.of = cycle
    expect(only(cycle)).toContain('levels of nesting')
  })
})
