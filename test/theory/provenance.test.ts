import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as losses from '../../src/losses/losses.ts'
import type { GameSpec } from '../../src/spec/spec.ts'
import { theoryOf } from '../../src/theory/describe.ts'
import { everySeeing, ganSeeing } from './seeing.ts'

const withoutProvenance = ({ provenance: _, ...formulas }: GameSpec): GameSpec => formulas

const closed = [losses.minimax, losses.nonSaturating, losses.hinge, losses.wasserstein, losses.leastSquares()]

test('a gan and the same formulas written by hand have one theory, however D sees its samples', () => {
  const property = fc.property(fc.constantFrom(...everySeeing), fc.constantFrom(...closed), (seeing, loss) => {
    const spec = ganSeeing(loss, seeing)
    expect(theoryOf(withoutProvenance(spec))).toEqual(theoryOf(spec))
  })
  fc.assert(property, { numRuns: 40 })
})
