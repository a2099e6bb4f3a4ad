import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as E from '#fp-ts/Either'
import { numbers } from '../../src/codecs/lists.ts'
import { specErrors } from '../../src/codecs/specErrors.ts'

it('report each wrong element at its index, up to a hundred', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer(), fc.constant('?')), { maxLength: 300 }), (items) => {
      const wrong = items.flatMap((item, i) => (item === '?' ? [[String(i)]] : []))
      const result = numbers.decode(items)
      if (E.isRight(result)) expect(result.right).toEqual(items)
      expect(E.isRight(result) ? [] : specErrors(result.left).map(({ path }) => path)).toEqual(wrong.slice(0, 100))
    }),
  )
})
