import fc from 'fast-check'
import { expect, test } from 'vitest'
import { derived, type Origin, type OriginOf, showOrigin, unknownOrigin } from '../../src/ir/origin.ts'

const expression: OriginOf = { type: 'expression', text: 'log(D(x))' }

test.each<[Origin, string]>([
  [unknownOrigin, ''],
  [{ player: 'critic', of: expression, derivative: 0 }, 'critic: log(D(x))'],
  [{ player: 'critic', of: expression, derivative: 2 }, 'gradient of critic: log(D(x))'],
  [{ of: { type: 'layer', expression: 'G(z)', layer: 'to8' }, derivative: 0 }, 'G(z), layer to8'],
  [
    { player: 'critic', of: { type: 'update', optimizer: 'adam', parameter: 'D/1.dense/bias' }, derivative: 0 },
    'critic: adam of D/1.dense/bias',
  ],
  [{ of: { type: 'average', parameter: 'G/to8/kernel' }, derivative: 0 }, 'the average of G/to8/kernel'],
])('%j', (origin, shown) => expect(showOrigin(origin)).toBe(shown))

test('each gradient counts, and what is unknown stays so', () => {
  fc.assert(
    fc.property(fc.nat(5), (times) => {
      const gradients = (origin: Origin): Origin => Array.from({ length: times }).reduce<Origin>(derived, origin)
      expect(gradients({ of: expression, derivative: 0 })).toEqual({ of: expression, derivative: times })
      expect(gradients(unknownOrigin)).toEqual(unknownOrigin)
    }),
  )
})
