import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeResults, encodeResults, type Trial } from '../../src/reproductions/trial.ts'
import { left, right } from '../data/files.ts'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0)
const trials: fc.Arbitrary<Trial> = fc.record(
  {
    row: fc.string(),
    seed: fc.nat(),
    steps: fc.integer({ min: 1 }),
    spec: fc.string(),
    values: fc.dictionary(fc.constantFrom('modes', 'highQuality', 'kl'), finite, { noNullPrototype: true }),
    diverged: fc.string(),
    seconds: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
    saddlepoint: fc.string(),
    platform: fc.string(),
    backend: fc.record({ name: fc.string(), version: fc.string(), device: fc.string() }, { noNullPrototype: true }),
  },
  {
    requiredKeys: ['row', 'seed', 'steps', 'spec', 'values', 'seconds', 'saddlepoint', 'platform', 'backend'],
    noNullPrototype: true,
  },
)

describe('results', () => {
  it('come back from their text as they were', () => {
    fc.assert(
      fc.property(fc.array(trials, { maxLength: 5 }), (made) => {
        const results = { format: 1, protocol: 'ring', trials: made } as const
        expect(right(decodeResults('a.json', encodeResults(results)))).toEqual(results)
      }),
      { numRuns: 30 },
    )
  })

  it('are refused, with their path, where something else stands there', () => {
    expect(left(decodeResults('b.json', '{"format": 1}')).message).toContain('protocol')
    expect(left(decodeResults('b.json', 'no JSON')).place).toEqual({ type: 'file', path: 'b.json' })
  })
})
