import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fewLabelsGan } from '../../src/reproductions/fewLabelsGan.ts'
import { ownSamples } from '../../src/reproductions/ownSamples.ts'

const rowsOf = (seed: number): readonly number[] => {
  const source = ownSamples(fewLabelsGan, seed).sources.few
  const { count = 0, after = 0 } = (source?.type === 'idx' ? source.perClass : undefined) ?? {}
  return Array.from({ length: count }, (_, i) => after + i)
}

it('gives each trial samples of a class that no other has, and the first trial the first ones', () => {
  expect(ownSamples(fewLabelsGan, 1).sources.few).toMatchObject({ perClass: { count: 10, after: 0 } })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), (a, b) => {
      const shared = rowsOf(a).filter((row) => rowsOf(b).includes(row))
      expect(shared).toEqual(a === b ? rowsOf(a) : [])
    }),
  )
})

it('leaves what takes no samples by class as it is', () => {
  const { latent, ...others } = ownSamples(fewLabelsGan, 7).sources
  expect(latent).toEqual(fewLabelsGan.sources.latent)
  expect(Object.keys(others)).toEqual(['few'])
})
