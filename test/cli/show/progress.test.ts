import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { barLine } from '../../../src/cli/show/progress.ts'

const words = '3040/8000  discriminator 1.3787  generator 0.7009  163 steps/s  0:30 left'

test('the words of a bar stand whole, and the line fits its terminal where the words do', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(200), (done, width) => {
      const line = barLine(done, words, width)
      expect(line.endsWith(words)).toBe(true)
      if (width > words.length + 5) expect(line.length).toBeLessThan(width)
    }),
  )
})

test('a bar is full at the end alone', () => {
  expect(barLine(1, '', 80)).not.toContain('░')
  expect(barLine(0, '', 80)).not.toContain('█')
})
