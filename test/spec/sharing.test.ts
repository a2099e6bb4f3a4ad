import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as E from '#fp-ts/Either'
import { withSettings } from '../../src/cli/settings.ts'
import { isDeeperThan } from '../../src/codecs/depth.ts'
import { compile } from '../../src/compile/compile.ts'
import { latex } from '../../src/dsl/printing/latex.ts'
import { text, textInFull } from '../../src/dsl/printing/text.ts'
import type { Term } from '../../src/dsl/terms/term.ts'
import { subterms } from '../../src/dsl/terms/termParts.ts'
import { decode, encode } from '../../src/spec/codec.ts'
import { maxDepth } from '../../src/spec/depth.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { specHash } from '../../src/storage/specHash.ts'
import { theoryOf } from '../../src/theory/describe.ts'
import { right } from '../data/files.ts'
import { sharedTerms, unshared } from '../laws/sharedTerms.ts'
import { smallRing as ring } from '../run/ring.ts'

// A game whose formulas are its own.
const { provenance: _, ...smallRing } = ring

const withObjective = (objective: Term): GameSpec => ({
  ...smallRing,
  players: Object.fromEntries(Object.entries(smallRing.players).map(([name, each]) => [name, { ...each, objective }])),
})

const written = (game: GameSpec): string => JSON.stringify(encode(game))

/** Each name by what it stands for, last defined first. */
const substituted = (formula: string): string => {
  const [whole = '', ...definitions] = formula.split(/, (?:where )?(?=h[₀-₉_0-9]+ = )/)
  return definitions.reverse().reduce((all, definition) => {
    const [name = '', ...rest] = definition.split(' = ')
    return all.split(new RegExp(`${name}(?![₀-₉0-9])`)).join(`(${rest.join(' = ')})`)
  }, whole)
}
const bare = (formula: string): string => formula.replace(/[() ]/g, '')

describe('terms that are used again', () => {
  test('are read back as they were written, as one object each', () => {
    fc.assert(
      fc.property(sharedTerms(40), (term) => {
        const game = withObjective(term)
        const back = right(decode(JSON.parse(written(game))))
        expect(specHash(back)).toBe(specHash(game))
        const { discriminator, generator } = back.players
        expect(discriminator?.objective).toBe(generator?.objective)
        expect(written(back)).toBe(written(game))
      }),
    )
  })

  test('equal what they were, where that can be written out', () => {
    fc.assert(
      fc.property(sharedTerms(10), (term) => {
        const game = withObjective(term)
        expect(decode(JSON.parse(written(game)))).toEqual(E.right(game))
      }),
    )
  })

  test('are written and hashed alike, whether or not they were one object', () => {
    fc.assert(
      fc.property(sharedTerms(10), (term) => {
        const [one, other] = [withObjective(term), withObjective(unshared(term))]
        expect(written(other)).toBe(written(one))
        expect(specHash(other)).toBe(specHash(one))
      }),
    )
  })

  test('take a place for each that differs, however often it stands somewhere', () => {
    const base = written(smallRing).length
    fc.assert(
      fc.property(sharedTerms(60), (term) => {
        expect(written(withObjective(term)).length - base).toBeLessThan(3000 * subterms(term).length)
      }),
    )
  })

  test('are named in a formula, which says the same with the names put in', () => {
    fc.assert(
      fc.property(sharedTerms(12), (term) => {
        expect(bare(substituted(text(term)))).toBe(bare(textInFull(term)))
      }),
    )
  })
})

describe('a value that is used twice, a hundred times over', () => {
  const chain = (length: number): Term => {
    const z: Term = { op: 'sample', source: 'latent', field: 'x' }
    let term: Term = { op: 'apply', network: 'D', inputs: { x: { op: 'apply', network: 'G', inputs: { x: z } } } }
    for (let i = 0; i < length; i++)
      term = { op: 'mul', left: { op: 'number', value: 0.5 }, right: { op: 'add', left: term, right: term } }
    return { op: 'E', of: { op: 'sum', of: term } }
  }

  test('is written, read, hashed, printed, changed, compiled and understood in kilobytes', () => {
    const game = withObjective(chain(100))
    expect(written(game).length).toBeLessThan(40_000)
    const back = right(decode(JSON.parse(written(game))))
    expect(specHash(back)).toBe(specHash(game))
    expect(text(chain(100)).length).toBeLessThan(10_000)
    expect(latex(chain(100)).length).toBeLessThan(20_000)
    expect(right(withSettings(back, [['steps', '4']])).steps).toBe(4)
    expect(right(compile(back)).step.nodes.length).toBeLessThan(5000)
    expect(JSON.stringify(theoryOf(back)).length).toBeLessThan(100_000)
  })

  test('is refused where it is deeper than any walk can follow, without a stack overflow', () => {
    const found = decode(JSON.parse(written(withObjective(chain(5000)))))
    expect(E.isLeft(found) && found.left.errors[0].expected).toBe('at most 1000 levels of nesting')
  })

  test('is refused alike by decode and by compile, at the limit and one beyond', () => {
    const levels = (game: GameSpec): number => {
      let count = 1
      while (isDeeperThan(count, game)) count++
      return count
    }
    const shallow = levels(withObjective(chain(1)))
    const step = levels(withObjective(chain(2))) - shallow
    const most = withObjective(chain(1 + Math.floor((maxDepth - shallow) / step)))
    const beyond = withObjective(chain(2 + Math.floor((maxDepth - shallow) / step)))
    expect([E.isRight(compile(most)), E.isRight(decode(JSON.parse(written(most))))]).toEqual([true, true])
    for (const refused of [compile(beyond), decode(JSON.parse(written(beyond)))])
      expect(E.isLeft(refused) && refused.left.errors[0].expected).toBe(`at most ${maxDepth} levels of nesting`)
  })
})

describe('a reference', () => {
  const file = (objective: unknown, shared: unknown) => ({
    ...Object(encode(smallRing)),
    players: { ...smallRing.players, generator: { ...smallRing.players.generator, objective } },
    shared,
  })
  const x = { op: 'sample', source: 'data', field: 'x' }
  test.each([
    [{ op: 'shared', index: 1 }, [x], 'players.generator.objective', 'the index 1'],
    [{ op: 'neg', of: { op: 'shared' } }, [x], 'players.generator.objective.of', 'the index nothing'],
    [{ op: 'shared', index: 0, of: x }, [x], 'players.generator.objective', 'the field of'],
    [x, [{ op: 'neg', of: { op: 'shared', index: 0 } }], 'shared.0.of', 'the index 0'],
    [x, [x, { op: 'neg', of: { op: 'shared', index: 2 } }, x], 'shared.1.of', 'the index 2'],
    [x, { 0: x }, 'shared', 'an object'],
    [x, [{ op: 'sgimoid', of: x }], 'shared.0.op', '"sgimoid"'],
  ])('%j to %j is refused at its place', (objective, shared, path, found) => {
    const result = decode(file(objective, shared))
    if (E.isRight(result)) throw new Error('it was accepted')
    expect(result.left.errors.map((error) => [error.path.join('.'), error.found])).toEqual([[path, found]])
  })
})

test('a file of another format is refused with its number', () => {
  const { format: __, ...without } = Object(encode(smallRing))
  const refused = (u: unknown) => {
    const result = decode(u)
    return E.isLeft(result) ? result.left.errors.map(({ path, found }) => [path.join('.'), found]) : []
  }
  expect(refused(without)).toEqual([['format', 'format 0']])
  expect(refused({ ...without, format: 7 })).toEqual([['format', 'format 7']])
  expect(refused({ ...without, format: 1 })).toEqual([])
})
