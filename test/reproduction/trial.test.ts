import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeResults, encodeResults, readTrials, type Trial } from '../../src/reproduction/trial.ts'
import { inFolder, left, leftOf, put, right, rightOf } from '../data/files.ts'

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
  it('come back from their file as they were', () =>
    inFolder(async (folder) => {
      await fc.assert(
        fc.asyncProperty(fc.array(trials, { maxLength: 5 }), async (made) => {
          const path = await put(folder, 'a.json', encodeResults({ format: 1, protocol: 'ring', trials: made }))
          expect(await rightOf(readTrials(path, 'ring'))).toEqual(made)
        }),
        { numRuns: 30 },
      )
    }))

  it('of another protocol are refused, and so is another file', () =>
    inFolder(async (folder) => {
      const path = await put(folder, 'a.json', encodeResults({ format: 1, protocol: 'ring', trials: [] }))
      expect(await leftOf(readTrials(path, 'grid'))).toMatchObject({
        type: 'RunError',
        path,
        message: 'expected results of grid, found those of ring',
      })
      expect(left(decodeResults('b.json', '{"format": 1}')).message).toContain('protocol')
      expect(left(decodeResults('b.json', 'no JSON')).path).toBe('b.json')
      expect(right(decodeResults('b.json', encodeResults({ format: 1, protocol: 'x', trials: [] }))).trials).toEqual([])
    }))
})
