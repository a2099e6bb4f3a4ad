import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseStateName, showStateName } from '../../../src/dsl/names/stateName.ts'
import { stateName } from './names.ts'

test('a name is read back from its text', () => {
  fc.assert(
    fc.property(stateName, (name) => {
      expect(parseStateName(showStateName(name))).toEqual(name)
    }),
  )
})

test('a text that is read shows itself', () => {
  const words = fc.constantFrom(
    'G',
    'average',
    'slow',
    'kernel',
    '1.dense',
    '01.dense',
    '1.',
    '.',
    '',
    'm',
    'to8',
    '12',
  )
  const text = fc.array(words, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('/'))
  fc.assert(
    fc.property(text, (each) => {
      const name = parseStateName(each)
      if (name !== undefined) expect(showStateName(name)).toBe(each)
    }),
  )
})

test.each([
  ['', 'nothing'],
  ['kernel', 'one part'],
  ['G/1.dense/', 'a tensor without a name'],
  ['G/01.dense/kernel', 'a number with a leading zero'],
  ['/1.dense/kernel', 'a network without a name'],
  ['old/G/1.dense/kernel', 'a copy of no kind'],
  ['d/m/x/G/1.dense/kernel', 'six parts'],
])('%j is no name: %s', (text) => {
  expect(parseStateName(text)).toBeUndefined()
})

test.each([
  [
    'D/1.dense/kernel',
    { role: 'layer', network: 'D', layer: { type: 'numbered', index: 1, kind: 'dense' }, tensor: 'kernel' },
  ],
  ['G/to8/bias', { role: 'layer', network: 'G', layer: { type: 'named', name: 'to8' }, tensor: 'bias' }],
  ['average/scale', { role: 'objective', player: 'average', slot: 'scale' }],
])('%s', (text, name) => {
  expect(parseStateName(text)).toEqual(name)
})
